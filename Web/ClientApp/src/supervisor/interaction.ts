/** One contact with residents, as feeds and searches have it. */
export interface Interaction {
  readonly id: string
  readonly kind: string
  readonly pairId: string | null
  /** Null where the reader may not see it, or nothing was said. */
  readonly text: string | null
  readonly participants: number
  readonly at: string
  readonly recordedAt: string
  readonly minutes: number | null
  readonly channel: string | null
  readonly place: string | null
  readonly person: { readonly role: string; readonly fields: readonly string[] } | null
  readonly withdrawnBecause: string | null
}

export interface FoundInteraction {
  readonly communityId: string
  readonly stationId: string
  readonly interaction: Interaction
}

/** What can be chosen; the field's words for them are in the language files. */
export const interactionKinds = ['visit', 'meeting', 'tip', 'request', 'complaint', 'mediationSession', 'warning'] as const

/** Those of a community's feed, newest first. */
export function interactionsOf(entries: ReadonlyMap<string, unknown>): Interaction[] {
  const found: Interaction[] = []
  for (const [key, value] of entries) if (key.startsWith('interaction/')) found.push(value as Interaction)
  return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id))
}
