import type { Incident, IncidentStatus } from '../incidents/incident'

/** An incident that only shows what a mark looks like: opened some seconds ago, to be dispatched within as many. */
export function sampleIncident(status: IncidentStatus, openedAt = 0, dueInSeconds: number | null = null): Incident {
  return {
    id: status, number: '', status, category: '', priority: 2, location: null, communityId: null, stationId: '', pairsNeeded: 1, openedAt: new Date(openedAt).toISOString(), closedAt: null, version: 1,
    dispatchDueAt: dueInSeconds === null ? null : new Date(openedAt + dueInSeconds * 1000).toISOString(), alerts: [], offers: [], assignments: [],
  }
}
