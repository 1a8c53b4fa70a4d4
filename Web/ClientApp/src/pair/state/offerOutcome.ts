import type { IncidentDetail, PairOffer } from './pairFeed'

export type OfferOutcome = 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'taken' | 'refused'

/** What became of an offer that is gone from the feed, by what its incident says; by the clock alone where that cannot be asked. */
export function outcomeOfOffer(offer: PairOffer, incident: IncidentDetail | null, now: number): OfferOutcome {
  const told = incident?.offers.find(({ id }) => id === offer.id)?.status
  if (told === 'accepted' || told === 'declined' || told === 'expired' || told === 'refused') return told
  const elsewhere = incident?.offers.some(({ id, status }) => id !== offer.id && status === 'accepted') ?? false
  if (told === 'withdrawn') return elsewhere ? 'taken' : 'withdrawn'
  return now >= Date.parse(offer.expiresAt) ? 'expired' : 'withdrawn'
}

/** Who took it instead, where somebody did. */
export function takenBy(offer: PairOffer, incident: IncidentDetail | null): string | null {
  return incident?.offers.find(({ id, status }) => id !== offer.id && status === 'accepted')?.pairId ?? null
}
