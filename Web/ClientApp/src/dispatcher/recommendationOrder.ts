import type { RecommendedPair } from '../incidents/recommendation'

/**
 * What to show of a newer answer while somebody is about to choose: `held` keeps every row where it is and renews what is in it. Pairs that are no longer
 * recommended stay, as gone, so that no other row slides under the pointer. Without `held` the newer answer counts.
 */
export function settle(shown: readonly RecommendedPair[], next: readonly RecommendedPair[], held: boolean): RecommendedPair[] {
  if (!held || shown.length === 0) return [...next]
  const newest = new Map(next.map((pair) => [pair.pairId, pair]))
  return shown.map((pair) => newest.get(pair.pairId) ?? pair)
}

/** Whether what is shown is not what the newer answer says, in order or in whom it names. */
export function differs(shown: readonly RecommendedPair[], next: readonly RecommendedPair[]): boolean {
  return shown.length !== next.length || shown.some(({ pairId }, index) => next[index]?.pairId !== pairId)
}
