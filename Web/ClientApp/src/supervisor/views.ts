/** The views of the page, in the order of its menu; the first is where it begins, which has no name in the address. */
export const views = ['communities', 'now', 'response', 'pairs', 'search', 'figures', 'roll-out'] as const

export type ViewName = (typeof views)[number]

/** Key of the words for a view. */
export const viewKeys = {
  communities: 'communities', now: 'now', response: 'response', pairs: 'pairs', search: 'search', figures: 'figures', 'roll-out': 'rollOut',
} as const satisfies Record<ViewName, string>
