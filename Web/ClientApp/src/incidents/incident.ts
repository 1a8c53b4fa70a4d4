/** WGS-84 degrees. */
export interface Location {
  readonly lat: number
  readonly lon: number
}

export type IncidentStatus =
  | 'new' | 'dispatched' | 'acknowledged' | 'enRoute' | 'onScene' | 'reported' | 'closed'
  | 'onHold' | 'cancelled' | 'merged' | 'diverted' | 'transferred' | 'reopened'

export type Priority = 1 | 2 | 3 | 4

export interface Offer {
  readonly id: string
  readonly pairId: string
  readonly status: 'pending' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'refused'
  readonly offeredAt: string
  readonly expiresAt: string
}

export interface Assignment {
  readonly pairId: string
  readonly status: 'reserved' | 'committed' | 'enRoute' | 'onScene' | 'reported' | 'cleared' | 'cancelled' | 'stacked'
  readonly offeredAt: string | null
  readonly acceptedAt: string | null
  readonly enRouteAt: string | null
  readonly onSceneAt: string | null
  readonly reportedAt: string | null
  readonly clearedAt: string | null
}

/**
 * What a station feed says of an incident. The feed carries a summary text as well; it is left out here, so that no screen made
 * for a wall can show it.
 */
export interface Incident {
  readonly id: string
  readonly number: string
  readonly status: IncidentStatus
  readonly category: string
  readonly priority: Priority
  /** Rounded by the server. */
  readonly location: Location | null
  readonly communityId: string | null
  readonly stationId: string
  readonly pairsNeeded: number
  readonly openedAt: string
  readonly closedAt: string | null
  readonly version: number
  readonly dispatchDueAt: string | null
  /** When it is to be worked on, while that has not come. */
  readonly scheduledFor?: string | null
  readonly alerts: readonly string[]
  /** The pair in danger, where this is its call for help. */
  readonly panicPairId?: string | null
  /** Since when a supervisor is needed. */
  readonly escalation?: { readonly at: string } | null
  readonly offers: readonly Offer[]
  readonly assignments: readonly Assignment[]
}

const finished: ReadonlySet<IncidentStatus> = new Set(['closed', 'cancelled', 'merged', 'diverted'])

/** Nobody will work on it any more; it stays on the feed for a few seconds. */
export function isFinished(incident: Incident): boolean {
  return finished.has(incident.status)
}

/** No pair has been given it yet, and its time has come. */
export function isWaiting(incident: Incident): boolean {
  return !incident.scheduledFor && (incident.status === 'new' || incident.status === 'reopened' || incident.status === 'transferred')
}

const idle: ReadonlySet<Assignment['status']> = new Set(['cleared', 'cancelled', 'reserved', 'stacked'])

/** What calls for attention, the most urgent first. */
export const alertCodes = ['panic', 'backupRequested', 'supervisorNeeded', 'noPairAvailable', 'plannedPairMissing'] as const

export type AlertCode = (typeof alertCodes)[number]

/** The most urgent alert; null where there is none that is known here. */
export function topAlert(incident: Incident): AlertCode | null {
  return alertCodes.find((code) => incident.alerts.includes(code)) ?? null
}

/** The pairs that are on it now, each once. */
export function activePairIds(incident: Incident): string[] {
  const active = incident.assignments.filter(({ status }) => !idle.has(status))
  return [...new Set(active.map(({ pairId }) => pairId))]
}

export function pendingOffers(incident: Incident): Offer[] {
  return incident.offers.filter(({ status }) => status === 'pending')
}
