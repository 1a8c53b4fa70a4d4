import type { Incident } from '../incidents/incident'
import type { Coded, Community, Named, Organisation } from '../organisation/organisation'
import type { Pair } from '../pairs/pair'

/** What the words of a line can stand for at one moment. Plain data: the same line and vocabulary always mean the same. */
export interface Vocabulary {
  readonly incidents: ReadonlyMap<string, Incident>
  readonly pairs: ReadonlyMap<string, Pair>
  readonly categories: readonly Coded[]
  readonly dispositions: readonly Coded[]
  readonly declineReasons: readonly Coded[]
  readonly stations: readonly Named[]
  readonly communities: readonly Community[]
  /** What `.` stands for. */
  readonly selectedId: string | null
}

export interface Known {
  readonly incidents: readonly Incident[]
  /** Incidents that are on no feed any more; where one is, the feed knows better. */
  readonly ended: readonly Incident[]
  readonly pairs: readonly Pair[]
  readonly organisation: Organisation | null
  readonly selectedId: string | null
}

export function vocabularyOf({ incidents, ended, pairs, organisation, selectedId }: Known): Vocabulary {
  return {
    incidents: new Map([...ended, ...incidents].map((incident) => [incident.id, incident])),
    pairs: new Map(pairs.map((pair) => [pair.id, pair])),
    categories: organisation?.categories ?? [],
    dispositions: organisation?.dispositions ?? [],
    declineReasons: organisation?.declineReasons ?? [],
    stations: organisation?.stations ?? [],
    communities: organisation?.communities ?? [],
    selectedId,
  }
}
