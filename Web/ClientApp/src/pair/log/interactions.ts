/** Contacts that a pair records, the frequent ones first, each with a drawing. */
export const interactionStrokes = {
  visit: 'M4 20.5V11L12 4l8 7v9.5M10 20.5v-6h4v6',
  request: 'M12 20.5C6 16 4 13 4 9.5a4.2 4.2 0 0 1 8-2a4.2 4.2 0 0 1 8 2c0 3.5-2 6.5-8 11z',
  mediationSession: 'M4 5h9v7H8l-3 3v-3H4zM14 9h6v7h-1v3l-3-3h-5v-2',
  meeting: 'M12 4a3 3 0 0 1 0 6a3 3 0 0 1 0-6zM5 20c0-4 3-6 7-6s7 2 7 6M4 8.5h.1M20 8.5h.1',
  tip: 'M9.5 17h5M10 20h4M12 3.5a6 6 0 0 1 3 11.2V17H9v-2.3A6 6 0 0 1 12 3.5z',
  complaint: 'M4 5h16v11H11l-4 4v-4H4zM12 8v3.5M12 13.6v.1',
  warning: 'M12 4 21.5 20h-19zM12 10v4.5M12 17v.2',
} as const

export type InteractionKind = keyof typeof interactionStrokes

export const interactionKinds = Object.keys(interactionStrokes) as InteractionKind[]

/** What a search of interactions answers, as far as the phone shows it. */
export interface FoundInteraction {
  readonly communityId: string
  readonly interaction: {
    readonly id: string
    readonly kind: InteractionKind
    readonly text: string | null
    readonly at: string
    readonly person: unknown
    readonly withdrawnBecause: string | null
  }
}

export interface FoundInteractions {
  readonly items: readonly FoundInteraction[]
}
