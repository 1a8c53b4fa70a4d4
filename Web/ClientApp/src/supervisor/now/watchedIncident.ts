import { isFinished, isWaiting, pendingOffers, alertCodes, type AlertCode, type Assignment, type Incident, type Offer } from '../../incidents/incident'

/** An incident with what a supervisor watches besides. */
export interface WatchedIncident extends Incident {
  readonly assignments: readonly (Assignment & { readonly committedAt?: string | null })[]
  /** Why a supervisor is needed: what each pair said. */
  readonly escalation?: { readonly at: string; readonly because: readonly { readonly pairId: string; readonly reason: string }[] } | null
}

/** What the response clocks are to be met within, in seconds, as `GET /figures/response/targets` answers. */
export interface ResponseTargets {
  readonly acknowledge: Readonly<Record<string, number>>
  readonly dispatch: Readonly<Record<string, number>>
  /** By community. */
  readonly arrival: Readonly<Record<string, number>>
  readonly report: Readonly<Record<string, number>>
}

export const responseClocks = ['acknowledge', 'dispatch', 'arrival', 'report'] as const
export type ResponseClock = (typeof responseClocks)[number]

/** A response clock that runs. */
export interface RunningClock {
  readonly key: string
  readonly clock: ResponseClock
  readonly incident: WatchedIncident
  readonly pairId: string | null
  readonly from: number
  readonly dueAt: number
}

export type ClockStanding = 'running' | 'soon' | 'over'

/** From this share of its time on, a clock is about to be over. */
const soonFrom = 0.75

export function standingOf({ from, dueAt }: Pick<RunningClock, 'from' | 'dueAt'>, now: number): ClockStanding {
  if (now >= dueAt) return 'over'
  return now - from >= (dueAt - from) * soonFrom ? 'soon' : 'running'
}

function clocksOf(incident: WatchedIncident, targets: ResponseTargets): RunningClock[] {
  const clocks: RunningClock[] = []
  const add = (clock: ResponseClock, from: string, dueAt: number, pairId: string | null, part: string): void => {
    clocks.push({ key: `${clock}/${incident.id}/${part}`, clock, incident, pairId, from: Date.parse(from), dueAt })
  }
  if (isFinished(incident)) return clocks
  if (isWaiting(incident) && incident.dispatchDueAt) add('dispatch', incident.openedAt, Date.parse(incident.dispatchDueAt), null, '')
  for (const offer of pendingOffers(incident)) add('acknowledge', offer.offeredAt, Date.parse(offer.expiresAt), offer.pairId, offer.id)
  for (const part of incident.assignments) {
    const offered = part.offeredAt ?? incident.openedAt
    // What was queued or planned begins when the pair was committed.
    const begun = part.committedAt && part.acceptedAt && part.committedAt > part.acceptedAt ? part.committedAt : offered
    if (part.status === 'committed' || part.status === 'enRoute') add('arrival', begun, Date.parse(begun) + (targets.arrival[incident.communityId ?? ''] ?? 300) * 1000, part.pairId, offered)
    if (part.status === 'onScene' && part.onSceneAt) add('report', part.onSceneAt, Date.parse(part.onSceneAt) + (targets.report[incident.priority] ?? 1800) * 1000, part.pairId, offered)
  }
  return clocks
}

/** Every response clock that runs, the first to be over first. */
export function runningClocks(incidents: Iterable<WatchedIncident>, targets: ResponseTargets): RunningClock[] {
  const clocks: RunningClock[] = []
  for (const incident of incidents) clocks.push(...clocksOf(incident, targets))
  return clocks.sort((a, b) => a.dueAt - b.dueAt || a.key.localeCompare(b.key))
}

/** How many clocks of each kind run, are about to be over, and are over. */
export function countClocks(clocks: readonly RunningClock[], now: number): Record<ResponseClock, Record<ClockStanding, number>> {
  const none = () => ({ running: 0, soon: 0, over: 0 })
  const counts = { acknowledge: none(), dispatch: none(), arrival: none(), report: none() }
  for (const clock of clocks) counts[clock.clock][standingOf(clock, now)]++
  return counts
}

/** An incident that waits for a supervisor's decision. */
export interface WaitingDecision {
  readonly incident: WatchedIncident
  readonly alerts: readonly AlertCode[]
  readonly openedAt: number
  /** When it was last tried in vain; null where that is not known. */
  readonly lastTriedAt: number | null
  /** What each pair said, the last first. */
  readonly because: readonly { readonly pairId: string; readonly reasons: readonly string[] }[]
  /** Offers that nobody answered in time. */
  readonly expired: number
}

/** A pair may have been asked again and again. */
function becauseOf(incident: WatchedIncident): WaitingDecision['because'] {
  const said = new Map<string, string[]>()
  for (const { pairId, reason } of incident.escalation?.because ?? []) {
    const reasons = said.get(pairId) ?? []
    said.set(pairId, [reason, ...reasons.filter((x) => x !== reason)])
  }
  return [...said].map(([pairId, reasons]) => ({ pairId, reasons }))
}

const isExpired = ({ status }: Offer) => status === 'expired'

/** Those that wait for a decision: the most urgent kind first, and of a kind the oldest. */
export function waitingDecisions(incidents: Iterable<WatchedIncident>): WaitingDecision[] {
  const waiting: WaitingDecision[] = []
  for (const incident of incidents) {
    const alerts = alertCodes.filter((code) => incident.alerts.includes(code))
    if (alerts.length === 0 || isFinished(incident)) continue
    waiting.push({
      incident, alerts, openedAt: Date.parse(incident.openedAt), lastTriedAt: incident.escalation ? Date.parse(incident.escalation.at) : null, because: becauseOf(incident),
      expired: incident.offers.filter(isExpired).length,
    })
  }
  const rank = ({ alerts }: WaitingDecision) => alertCodes.findIndex((code) => alerts.includes(code))
  return waiting.sort((a, b) => rank(a) - rank(b) || a.openedAt - b.openedAt || a.incident.id.localeCompare(b.incident.id))
}
