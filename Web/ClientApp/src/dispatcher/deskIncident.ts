import type { Assignment, Incident, Offer } from '../incidents/incident'
import type { Pair } from '../pairs/pair'

/** What kept a pair from going. */
export interface PairReason {
  readonly pairId: string
  /** A code: a decline reason, `noAnswer`, a refusal, or a shortfall. */
  readonly reason: string
  readonly note?: string | null
}

export interface DeskOffer extends Offer {
  readonly reason: string | null
  readonly preempts: boolean
  readonly note: string | null
}

export interface DeskAssignment extends Assignment {
  readonly offerId: string
  readonly committedAt: string | null
  readonly endedAt: string | null
  readonly endReason: string | null
}

export interface MergedIncident {
  readonly id: string
  readonly number: string
  readonly summary: string
  readonly openedAt: string
  readonly notes: readonly { readonly at: string; readonly by: string; readonly text: string }[]
}

/** An incident that may be the same as another; who looks decides. */
export interface DuplicateCandidate {
  readonly incidentId: string
  readonly number: string
  readonly stationId: string
  readonly status: Incident['status']
  readonly category: string
  readonly openedAt: string
  /** 0 to 1, higher is likelier. */
  readonly score: number
  readonly distanceMetres: number
  readonly minutesApart: number
}

/** What a dispatcher sees of an incident: more than a wall does. */
export interface DeskIncident extends Incident {
  readonly summary: string
  readonly skills: readonly string[]
  readonly disposition: string | null
  readonly offers: readonly DeskOffer[]
  readonly assignments: readonly DeskAssignment[]
  readonly escalation: { readonly at: string; readonly because: readonly PairReason[] } | null
  readonly links: readonly string[] | null
  readonly merged: readonly MergedIncident[] | null
  readonly mergedInto: string | null
  readonly divertedTo: string | null
  readonly transferredFrom: string | null
  readonly panicPairId: string | null
  /** On the incident's own feed alone. */
  readonly address?: string | null
  /** On the incident's own feed alone. */
  readonly duplicates?: readonly DuplicateCandidate[] | null
}

export interface Officer {
  readonly id: string
  readonly name: string
  readonly role: 'greenLeaf' | 'redFlower'
  readonly skills: readonly string[]
}

/** What a dispatcher sees of a pair. */
export interface DeskPair extends Pair {
  readonly officers: readonly Officer[]
  readonly singleOfficer?: boolean
  readonly queued?: readonly { readonly incidentId: string; readonly number: string }[] | null
}

/** Somebody who has the incident open. */
export interface Looker {
  readonly id: string
  readonly name: string
  readonly pairId: string | null
}

const live: ReadonlySet<Assignment['status']> = new Set(['reserved', 'stacked', 'committed', 'enRoute', 'onScene', 'reported'])

/** Parts that have not ended. */
export function livePartsOf(incident: DeskIncident): DeskAssignment[] {
  return incident.assignments.filter(({ status }) => live.has(status))
}

const steps = ['committed', 'enRoute', 'onScene', 'reported', 'cleared'] as const

/** The step that comes after the present one; null where none does. */
export function nextStep(status: Assignment['status']): Exclude<(typeof steps)[number], 'committed'> | null {
  const at = steps.indexOf(status as (typeof steps)[number])
  const next = at < 0 ? undefined : steps[at + 1]
  return next && next !== 'committed' ? next : null
}
