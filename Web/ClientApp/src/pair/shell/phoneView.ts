/** The phone's screens, in the order of the bar at its foot. */
export const phoneViews = ['work', 'log', 'community', 'more'] as const

export type PhoneView = (typeof phoneViews)[number]

/** A drawing of each, strokes in a box of 24 × 24. */
export const viewStrokes: Record<PhoneView, string> = {
  work: 'M5 5h14v15H5zM9 3v4M15 3v4M8.5 12.5l2.5 2.5 4.5-5',
  log: 'M5 19.5V15L16 4l4 4L9 19.5zM13.5 6.5l4 4',
  community: 'M3.5 20.5V11L12 4l8.5 7v9.5zM9.5 20.5v-6h5v6',
  more: 'M12 4a4 4 0 0 1 0 8a4 4 0 0 1 0-8zM4.5 20.5c0-4 3-6 7.5-6s7.5 2 7.5 6',
}
