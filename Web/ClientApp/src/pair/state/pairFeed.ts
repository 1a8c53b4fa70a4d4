import type { Assignment, Location, Priority } from '../../incidents/incident'
import type { Activity, CommitmentStatus } from '../../pairs/pair'

export interface Officer {
  readonly id: string
  readonly name: string
  readonly role: string
}

export interface WaitingWork {
  readonly incidentId: string
  readonly offerId: string
  readonly number: string
  readonly priority: Priority
  readonly startsAt?: string | null
}

/** What the pair's own feed says of the pair. */
export interface OwnPair {
  readonly id: string
  readonly callSign: string
  readonly stationId: string
  readonly communityId: string
  readonly officers: readonly Officer[]
  readonly presentOfficerIds: readonly string[]
  readonly duty: 'onDuty' | 'offDuty'
  readonly activity: Activity
  readonly commitment: { readonly incidentId: string; readonly status: CommitmentStatus } | null
  readonly queued?: readonly WaitingWork[] | null
  readonly planned?: readonly WaitingWork[] | null
  readonly shift?: { readonly since: string; readonly incidents: number } | null
  readonly panicIncidentId?: string | null
  readonly signingOff?: boolean
  readonly takenBy?: string | null
}

/** What the pair is asked to go to. */
export interface PairOffer {
  readonly id: string
  readonly incidentId: string
  readonly number: string
  readonly category: string
  readonly priority: Priority
  readonly location: Location
  readonly address: string | null
  readonly communityId: string
  readonly summary: string
  readonly offeredAt: string
  readonly expiresAt: string
  readonly preempts?: boolean
  readonly overrideReason?: string | null
}

export type Step = 'committed' | 'enRoute' | 'onScene' | 'reported' | 'cleared'

/** What the pair is at. */
export interface PairAssignment {
  readonly offer: PairOffer
  readonly status: Step
  readonly since: string
}

export interface PairFeed {
  readonly pair: OwnPair | null
  readonly offers: readonly PairOffer[]
  readonly assignment: PairAssignment | null
}

export const emptyPairFeed: PairFeed = { pair: null, offers: [], assignment: null }

/** The pair's feed as the page uses it: offers most urgent first, then the one that ends first. */
export function pairFeedOf(entries: ReadonlyMap<string, unknown>): PairFeed {
  const offers: PairOffer[] = []
  let pair: OwnPair | null = null
  let assignment: PairAssignment | null = null
  for (const [key, value] of entries) {
    if (key === 'pair') pair = value as OwnPair
    else if (key.startsWith('offer/')) offers.push(value as PairOffer)
    else if (key.startsWith('assignment/')) assignment = value as PairAssignment
  }
  offers.sort((a, b) => a.priority - b.priority || Date.parse(a.expiresAt) - Date.parse(b.expiresAt))
  return { pair, offers, assignment }
}

/** The parts of an incident that the pair's page shows. */
export interface IncidentDetail {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly communityId: string
  readonly offers: readonly { readonly id: string; readonly pairId: string; readonly status: string }[]
  readonly assignments: readonly (Assignment & { readonly offerId: string })[]
  /** Null where they are not known: a phone without a line has none. */
  readonly notes: readonly { readonly at: string; readonly by: string; readonly text: string }[] | null
  readonly panicPairId?: string | null
}
