import { isFinished, isWaiting, type Priority } from '../incidents/incident'
import type { DeskIncident } from './deskIncident'

export type QueueState = 'all' | 'waiting' | 'underway' | 'alerts' | 'scheduled'

export interface QueueFilter {
  readonly stationId: string | null
  readonly state: QueueState
  /** None chosen: all. */
  readonly priorities: readonly Priority[]
  readonly text: string
}

export const everything: QueueFilter = { stationId: null, state: 'all', priorities: [], text: '' }

export type QueuePart = 'waiting' | 'underway' | 'scheduled' | 'ended'

export function partOf(incident: DeskIncident): QueuePart {
  if (isFinished(incident)) return 'ended'
  if (incident.scheduledFor) return 'scheduled'
  return isWaiting(incident) ? 'waiting' : 'underway'
}

const parts: readonly QueuePart[] = ['waiting', 'underway', 'scheduled', 'ended']

function dueAt(incident: DeskIncident): number {
  const due = incident.scheduledFor ?? incident.dispatchDueAt
  return due ? Date.parse(due) : Infinity
}

/** Waiting first: by priority, then whose dispatch clock runs out first. The others by priority and age; ended ones last. An officer in danger is before all of its part. */
function byUrgency(a: DeskIncident, b: DeskIncident): number {
  const part = partOf(a)
  return parts.indexOf(part) - parts.indexOf(partOf(b))
    || Number(b.alerts.includes('panic')) - Number(a.alerts.includes('panic'))
    || a.priority - b.priority
    || (part === 'waiting' || part === 'scheduled' ? dueAt(a) - dueAt(b) : 0)
    || Date.parse(a.openedAt) - Date.parse(b.openedAt)
    || a.id.localeCompare(b.id)
}

function isOfState(incident: DeskIncident, state: QueueState): boolean {
  if (state === 'all') return true
  return state === 'alerts' ? incident.alerts.length > 0 : partOf(incident) === state
}

/** The queue as a dispatcher works through it. `wordsOf` gives the words of an incident that a text is looked for in. */
export function queueOf(
  incidents: readonly DeskIncident[], filter: QueueFilter, wordsOf: (incident: DeskIncident) => string,
): DeskIncident[] {
  const sought = filter.text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return incidents
    .filter((incident) =>
      (filter.stationId === null || incident.stationId === filter.stationId)
      && isOfState(incident, filter.state)
      && (filter.priorities.length === 0 || filter.priorities.includes(incident.priority))
      && (sought.length === 0 || containsAll(wordsOf(incident).toLowerCase(), sought)))
    .sort(byUrgency)
}

function containsAll(words: string, sought: readonly string[]): boolean {
  return sought.every((one) => words.includes(one))
}

/**
 * Where the roving focus stands after the list changed: on the same row, or where it was taken out on the one that came into its place.
 */
export function cursorAfter(before: readonly string[], after: readonly string[], cursor: string | null): string | null {
  if (cursor !== null && after.includes(cursor)) return cursor
  const was = cursor === null ? -1 : before.indexOf(cursor)
  return after[Math.min(Math.max(was, 0), after.length - 1)] ?? null
}

/** The row `by` rows further, stopping at both ends. */
export function moved(ids: readonly string[], cursor: string | null, by: number): string | null {
  const at = cursor === null ? -1 : ids.indexOf(cursor)
  if (at < 0) return ids[by > 0 ? 0 : ids.length - 1] ?? null
  return ids[Math.min(Math.max(at + by, 0), ids.length - 1)] ?? null
}
