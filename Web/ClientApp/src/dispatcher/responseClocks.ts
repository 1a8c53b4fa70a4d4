import type { DeskIncident } from './deskIncident'

export type ClockName = 'dispatch' | 'acknowledge' | 'arrival' | 'report'

/** One of the clocks of an incident; it runs, stands, or has not begun. */
export interface ResponseClock {
  readonly name: ClockName
  readonly state: 'ahead' | 'running' | 'stopped'
  readonly ms: number
  /** Only where it is known what it is held against. */
  readonly dueInMs: number | null
  readonly overdue: boolean
}

/** The clocks of the first pair to reach each step: dispatch, acknowledge (签收), arrival (出警) and report (反馈). */
export function clocksOf(incident: DeskIncident, now: number): ResponseClock[] {
  const opened = Date.parse(incident.scheduledFor ?? incident.openedAt)
  const ended = incident.closedAt ? Date.parse(incident.closedAt) : null
  const offered = first([...incident.offers.map((x) => x.offeredAt), ...incident.assignments.map((x) => x.offeredAt)])
  const accepted = first(incident.assignments.map((x) => x.committedAt ?? x.acceptedAt))
  const onScene = first(incident.assignments.map((x) => x.onSceneAt))
  const reported = first(incident.assignments.map((x) => x.reportedAt))
  const due = incident.dispatchDueAt ? Date.parse(incident.dispatchDueAt) : null
  const clock = (name: ClockName, from: number | null, to: number | null, dueAt: number | null = null): ResponseClock => {
    if (from === null || from > now) return { name, state: 'ahead', ms: 0, dueInMs: null, overdue: false }
    const until = to ?? ended
    const end = until ?? now
    return {
      name, state: until === null ? 'running' : 'stopped', ms: Math.max(0, end - from),
      dueInMs: dueAt === null ? null : dueAt - end, overdue: dueAt !== null && end > dueAt,
    }
  }
  return [
    clock('dispatch', opened, accepted, due),
    clock('acknowledge', offered, accepted),
    clock('arrival', accepted, onScene),
    clock('report', onScene, reported),
  ]
}

function first(times: readonly (string | null)[]): number | null {
  const known = times.filter((x): x is string => x !== null && x !== undefined).map(Date.parse)
  return known.length === 0 ? null : Math.min(...known)
}
