import type { PairCondition } from './pairCondition'

/** A mark in a box of 24 × 24: its outline, filled or hollow, and strokes of the ground colour over it. */
export interface PairShape {
  readonly outline: string
  readonly filled: boolean
  readonly strokes: string
}

const circle = 'M12 3A9 9 0 0 1 12 21A9 9 0 0 1 12 3z'

/** Each condition has a drawing of its own, so that no colour is needed to tell them apart. */
export const pairShapes: Record<PairCondition, PairShape> = {
  available: { outline: circle, filled: true, strokes: 'M7.5 12.3 10.8 15.6 16.5 9' },
  conditional: { outline: circle, filled: false, strokes: 'M12 6.5V12L15.5 14' },
  committed: { outline: circle, filled: true, strokes: 'M12 7V12.5M12 16.3V16.8' },
  enRoute: { outline: 'M12 2 21.5 21.5 12 17 2.5 21.5z', filled: true, strokes: '' },
  onScene: { outline: 'M12 22.5C7 16.5 4.5 13.3 4.5 9.5A7.5 7.5 0 0 1 19.5 9.5C19.5 13.3 17 16.5 12 22.5z', filled: true, strokes: 'M12 9.4V9.6' },
  notAvailable: { outline: circle, filled: false, strokes: 'M8 12H16' },
  offDuty: { outline: circle, filled: false, strokes: '' },
}
