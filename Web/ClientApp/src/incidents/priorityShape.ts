import type { Priority } from './incident'

/** The outline of a mark in a box of 24 × 24, and where the middle of its number stands. */
export interface Shape {
  readonly path: string
  readonly textY: number
}

/** Each priority has a shape of its own, so that no colour is needed to tell them apart. */
export const priorityShapes: Record<Priority, Shape> = {
  1: { path: 'M12 .8 23.2 12 12 23.2 .8 12z', textY: 12.4 },
  2: { path: 'M12 2 23.5 22H.5z', textY: 15.4 },
  3: { path: 'M3 3H21V21H3z', textY: 12.4 },
  4: { path: 'M12 2A10 10 0 0 1 12 22A10 10 0 0 1 12 2z', textY: 12.4 },
}
