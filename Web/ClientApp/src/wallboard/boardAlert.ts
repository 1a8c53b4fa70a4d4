import { ageingOf } from '../incidents/ageing'
import { isFinished, type Incident } from '../incidents/incident'

/** What nobody in the room may miss, the most urgent first. */
export const boardAlertKinds = ['panic', 'supervisorNeeded', 'deadlineBreached'] as const

export type BoardAlertKind = (typeof boardAlertKinds)[number]

export interface BoardAlert {
  /** The same for as long as it lasts. */
  readonly key: string
  readonly kind: BoardAlertKind
  /** Milliseconds since 1970. */
  readonly since: number
  readonly incident: Incident
  /** Whom it is about; null where it is about no pair. */
  readonly pairId: string | null
}

/** The alerts of an incident: there as long as what they are about, and no longer. */
function alertsOf(incident: Incident, now: number): BoardAlert[] {
  if (isFinished(incident)) return []
  const alerts: BoardAlert[] = []
  const add = (kind: BoardAlertKind, since: number, pairId: string | null) =>
    alerts.push({ key: `${incident.id}/${kind}`, kind, since, incident, pairId })
  const opened = Date.parse(incident.openedAt)
  if (incident.alerts.includes('panic')) add('panic', opened, incident.panicPairId ?? null)
  if (incident.alerts.includes('supervisorNeeded')) add('supervisorNeeded', incident.escalation ? Date.parse(incident.escalation.at) : opened, null)
  const { level, leftMs } = ageingOf(incident, now)
  if (level === 'overdue' && leftMs !== null) add('deadlineBreached', now + leftMs, null)
  return alerts
}

/** All alerts of a board, the most urgent first, and of those the oldest. */
export function alertsIn(incidents: readonly Incident[], now: number): BoardAlert[] {
  return incidents
    .flatMap((incident) => alertsOf(incident, now))
    .sort((a, b) => boardAlertKinds.indexOf(a.kind) - boardAlertKinds.indexOf(b.kind)
      || a.incident.priority - b.incident.priority
      || a.since - b.since
      || a.key.localeCompare(b.key))
}

export interface AlertPage {
  readonly shown: readonly BoardAlert[]
  /** How many are not shown at the moment. */
  readonly more: number
}

/**
 * What a lane of `room` places shows in one turn. Somebody in danger keeps a place for as long as it lasts, though never all of them; the others
 * take turns in the rest.
 */
export function alertPage(alerts: readonly BoardAlert[], turn: number, room: number): AlertPage {
  if (alerts.length <= room) return { shown: alerts, more: 0 }
  const pinned = alerts.filter(({ kind }) => kind === 'panic').slice(0, room - 1)
  const others = alerts.filter((alert) => !pinned.includes(alert))
  const places = room - pinned.length
  const first = (turn * places) % (Math.ceil(others.length / places) * places)
  const shown = [...pinned, ...others.slice(first, first + places)]
  return { shown, more: alerts.length - shown.length }
}
