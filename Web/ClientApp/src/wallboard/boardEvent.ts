import type { Incident, Priority } from '../incidents/incident'
import type { Pair } from '../pairs/pair'

export type EventKind =
  | 'opened' | 'offered' | 'declined' | 'expired' | 'committed' | 'enRoute' | 'onScene' | 'reported' | 'closed'
  | 'reclassified' | 'onHold' | 'cancelled' | 'merged' | 'diverted' | 'transferred' | 'reopened' | 'onDuty' | 'offDuty'

/** One line of the ticker. It names a number and a call sign, never what was said. */
export interface BoardEvent {
  /** Unique among the events of a board, and the same however often the same change is seen. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: EventKind
  readonly incidentNumber: string | null
  readonly priority: Priority | null
  readonly category: string | null
  readonly communityId: string | null
  readonly pairId: string | null
}

const endings = ['closed', 'onHold', 'cancelled', 'merged', 'diverted', 'transferred', 'reopened'] as const
const steps = [
  ['committed', 'acceptedAt'],
  ['enRoute', 'enRouteAt'],
  ['onScene', 'onSceneAt'],
  ['reported', 'reportedAt'],
] as const

/** What happened to an incident between two states of it; `before` undefined means that it is new on the board. */
export function incidentEvents(before: Incident | undefined, after: Incident, now: number): BoardEvent[] {
  const events: BoardEvent[] = []
  const add = (kind: EventKind, at: string | null, pairId: string | null, mark: string) => events.push({
    key: `${after.id}/${mark}`,
    at: at === null ? now : Date.parse(at),
    kind,
    incidentNumber: after.number,
    priority: after.priority,
    category: after.category,
    communityId: after.communityId,
    pairId,
  })

  if (!before) add('opened', after.openedAt, null, 'opened')
  for (const offer of after.offers) {
    const was = before?.offers.find(({ id }) => id === offer.id)
    if (!was) add('offered', offer.offeredAt, offer.pairId, `${offer.id}/offered`)
    if (offer.status === was?.status) continue
    if (offer.status === 'declined') add('declined', null, offer.pairId, `${offer.id}/declined`)
    if (offer.status === 'expired') add('expired', offer.expiresAt, offer.pairId, `${offer.id}/expired`)
  }
  for (const assignment of after.assignments) {
    const was = before?.assignments.find(({ pairId, offeredAt }) => pairId === assignment.pairId && offeredAt === assignment.offeredAt)
    for (const [kind, field] of steps) {
      const at = assignment[field]
      if (at && !was?.[field]) add(kind, at, assignment.pairId, `${assignment.pairId}/${assignment.offeredAt}/${kind}`)
    }
  }
  if (before && (before.priority !== after.priority || before.category !== after.category)) add('reclassified', null, null, `${after.version}/reclassified`)
  const ending = endings.find((status) => status === after.status)
  if (ending && before?.status !== after.status) add(ending, ending === 'closed' ? after.closedAt : null, null, `${after.version}/${ending}`)
  return events
}

/** What happened to a pair between two states of it. A pair that is new on the board is no event. */
export function pairEvents(before: Pair | undefined, after: Pair, now: number): BoardEvent[] {
  if (!before || before.duty === after.duty) return []
  const key = `${after.id}/${after.version}/duty`
  const { communityId } = after
  return [{ key, at: now, kind: after.duty, incidentNumber: null, priority: null, category: null, communityId, pairId: after.id }]
}

/** The newest first, none twice, and never more than `limit`: a wall runs for weeks. */
export function addEvents(ticker: readonly BoardEvent[], events: readonly BoardEvent[], limit: number): readonly BoardEvent[] {
  const known = new Set(ticker.map(({ key }) => key))
  const fresh = events.filter(({ key }) => !known.has(key))
  return fresh.length === 0 ? ticker : [...fresh, ...ticker].sort((a, b) => b.at - a.at).slice(0, limit)
}
