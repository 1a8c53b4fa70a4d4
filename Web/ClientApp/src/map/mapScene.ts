import { isFinished, isWaiting, type Incident, type Location, type Priority } from '../incidents/incident'
import type { Pair } from '../pairs/pair'
import { conditionOf, type PairCondition } from '../pairs/pairCondition'
import type { World } from './coordinates'

/** A mark of the map that can be chosen. */
export interface MarkId {
  readonly kind: 'incident' | 'pair'
  readonly id: string
}

export interface CommunityLabel extends World {
  readonly name: string
}

export interface IncidentDot extends World {
  readonly id: string
  readonly priority: Priority
  readonly waiting: boolean
}

export interface PairDot {
  readonly id: string
  readonly callSign: string
  readonly condition: PairCondition
  /** The incident that it is given to, where that has a place. */
  readonly goal: IncidentDot | null
}

/** Everything that the map shows over its ground. It is made when something changed and not for each picture. */
export interface Scene {
  readonly labels: readonly CommunityLabel[]
  /** The most urgent last, on top of the others. */
  readonly incidents: readonly IncidentDot[]
  readonly pairs: readonly PairDot[]
  readonly selected: MarkId | null
  /** Place in the list of recommendations by pair, from 1. */
  readonly suggested: ReadonlyMap<string, number>
  readonly candidate: World | null
}

export function incidentDots(incidents: readonly Incident[], world: (location: Location) => World): IncidentDot[] {
  return incidents
    .flatMap((incident) => incident.location && !isFinished(incident)
      ? [{ ...world(incident.location), id: incident.id, priority: incident.priority, waiting: isWaiting(incident) }]
      : [])
    .sort((a, b) => b.priority - a.priority)
}

export function pairDots(pairs: readonly Pair[], incidents: readonly IncidentDot[]): PairDot[] {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]))
  const dots: PairDot[] = []
  for (const pair of pairs) {
    if (pair.duty !== 'onDuty') continue
    const goal = pair.commitment ? byId.get(pair.commitment.incidentId) ?? null : null
    dots.push({ id: pair.id, callSign: pair.callSign, condition: conditionOf(pair), goal })
  }
  return dots
}
