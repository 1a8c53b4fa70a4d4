/** A line of an incident's history as its feed has it. `data` is missing where it is not for these eyes. */
export interface TimelineEntry {
  readonly version: number
  readonly at: string
  readonly byId: string
  readonly by: string
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>> | null
}

/** The incident's offers and parts, by which a line finds its pair. */
interface Parts {
  readonly offers: readonly { readonly id: string; readonly pairId: string }[]
  readonly assignments: readonly { readonly offerId: string; readonly pairId: string }[]
}

/** What a line is told from: words by `key`, what stands in them, and what was said in somebody's own words. */
export interface TimelineTelling {
  /** Below `dispatcher.timeline`. */
  readonly key: string
  readonly pairId: string | null
  readonly toPairId: string | null
  /** A code or an id that the words name, by what it is. */
  readonly about: { readonly kind: 'reason' | 'disposition' | 'station' | 'incident' | 'alert' | 'text' | 'number' | 'class'; readonly value: string } | null
  /** In somebody's own words. */
  readonly words: string | null
  /** When a step was done that was told later. */
  readonly doneAt: string | null
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function pairOf(data: Readonly<Record<string, unknown>>, parts: Parts): string | null {
  const named = text(data['pairId'])
  if (named) return named
  const offerId = text(data['offerId'])
  if (offerId === null) return null
  return parts.offers.find(({ id }) => id === offerId)?.pairId ?? parts.assignments.find((x) => x.offerId === offerId)?.pairId ?? null
}

function aboutOf(kind: string, data: Readonly<Record<string, unknown>>): TimelineTelling['about'] {
  const of = (about: NonNullable<TimelineTelling['about']>['kind'], name: string) => {
    const value = data[name]
    return value === null || value === undefined || value === '' ? null : { kind: about, value: String(value) }
  }
  switch (kind) {
    case 'offerRefused': case 'declined': case 'withdrawn': case 'assignmentCancelled': return of('reason', 'reason')
    case 'closed': return of('disposition', 'disposition')
    case 'reclassified': return text(data['category']) === null ? null : { kind: 'class', value: `${String(data['priority'])} ${String(data['category'])}` }
    case 'transferred': return of('station', 'toStationId')
    case 'diverted': return of('text', 'to')
    case 'merged': return of('incident', 'intoId')
    case 'absorbed': case 'restored': case 'mergeUndone': return of('incident', 'fromId')
    case 'linked': case 'unlinked': return of('incident', 'otherId')
    case 'assignmentPreempted': return of('text', 'byNumber')
    case 'supervisorAlerted': return of('alert', 'alert')
    case 'backupRequested': return of('number', 'pairs')
    default: return null
  }
}

/** Kinds whose `reason` is somebody's own words and no code. */
const reasonIsWords: ReadonlySet<string> = new Set([
  'assigned', 'pairQueued', 'pairPlanned', 'assignmentHandedOver', 'backupRequested', 'reclassified', 'held', 'resumed', 'cancelled', 'reopened', 'transferred', 'diverted', 'merged', 'mergeUndone', 'linked',
])

/** How a line of the history is told. */
export function tellingOf(entry: TimelineEntry, parts: Parts): TimelineTelling {
  const data = entry.data ?? {}
  const words = text(data['text']) ?? text(data['note']) ?? (reasonIsWords.has(entry.kind) ? text(data['reason']) : null)
  const key = entry.kind === 'progressed' ? `progressed.${text(data['status']) ?? 'enRoute'}` : entry.kind
  return {
    key,
    pairId: pairOf(data, parts),
    toPairId: text(data['toPairId']),
    about: aboutOf(entry.kind, data),
    words: entry.kind === 'opened' ? text(data['summary']) : words,
    doneAt: entry.kind === 'progressed' ? text(data['at']) : null,
  }
}

/** Lines that only say what the machine did in between. */
const quiet: ReadonlySet<string> = new Set(['autoOfferEnded'])

/** The lines that are shown, newest first. */
export function linesOf(entries: Iterable<TimelineEntry>, notesOnly: boolean): TimelineEntry[] {
  return [...entries]
    .filter(({ kind, data }) => (notesOnly ? kind === 'noteAdded' || (kind === 'progressed' && !!data?.['note']) : !quiet.has(kind)))
    .sort((a, b) => b.version - a.version)
}
