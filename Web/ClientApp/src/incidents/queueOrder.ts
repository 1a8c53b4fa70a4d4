import { isFinished, isWaiting, type Incident } from './incident'

/** The queue in two parts, each by priority and then the oldest first; finished incidents sink to the end. */
export interface Queue {
  readonly waiting: readonly Incident[]
  readonly underway: readonly Incident[]
}

function byUrgency(a: Incident, b: Incident): number {
  return Number(isFinished(a)) - Number(isFinished(b))
    || a.priority - b.priority
    || Date.parse(a.openedAt) - Date.parse(b.openedAt)
    || a.id.localeCompare(b.id)
}

export function queueOf(incidents: Iterable<Incident>): Queue {
  const waiting: Incident[] = []
  const underway: Incident[] = []
  for (const incident of incidents) (isWaiting(incident) ? waiting : underway).push(incident)
  return { waiting: waiting.sort(byUrgency), underway: underway.sort(byUrgency) }
}
