import type { Incident, IncidentStatus } from './incident'

/** The way of every incident, in order. */
export const incidentSteps = ['new', 'dispatched', 'acknowledged', 'enRoute', 'onScene', 'reported', 'closed'] as const

type Step = (typeof incidentSteps)[number]

/**
 * The last step that was reached, as an index into {@link incidentSteps}. An incident that was put aside keeps the step that its
 * pairs had reached.
 */
export function reachedStep(incident: Incident): number {
  const own = incidentSteps.indexOf(incident.status as Step)
  if (own >= 0) return own
  return Math.max(0, ...incident.assignments.map((assignment) => {
    if (assignment.reportedAt) return 5
    if (assignment.onSceneAt) return 4
    if (assignment.enRouteAt) return 3
    if (assignment.acceptedAt) return 2
    return 1
  }))
}

/** Whether the incident left the usual way: on hold, cancelled, merged and so on. */
export function isAside(status: IncidentStatus): boolean {
  return !incidentSteps.includes(status as Step)
}
