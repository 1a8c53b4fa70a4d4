/** The kinds of matter that the page shows, in its order. */
export const matterKinds = ['concern', 'dispute', 'problem', 'referral', 'whistle', 'meeting'] as const
export type MatterKind = (typeof matterKinds)[number]

/** What the views of all kinds have under names of their own. */
export interface MatterView {
  readonly id: string
  readonly number: string
  readonly isOpen: boolean
  readonly communityId: string
  readonly pairId?: string | null
  readonly dueAt?: string | null
  readonly status?: string
  readonly stage?: string
  readonly title?: string
  readonly ask?: string
  readonly purpose?: string
  readonly openedAt?: string
  readonly raisedAt?: string
  readonly givenAt?: string
  readonly blownAt?: string
  readonly plannedFor?: string
  readonly category?: string
  readonly kind?: string
  readonly taskKind?: string
  readonly partnerName?: string
  readonly grade?: string
  readonly tier?: string
  readonly clock?: string | null
  readonly escalatedAt?: string | null
  readonly escalatedBecause?: string | null
  readonly timesReopened?: number
  readonly reopened?: number
  readonly repeatOf?: string | null
}

/** A matter as the page shows it in a list, whatever its kind. */
export interface Matter {
  readonly key: string
  readonly kind: MatterKind
  readonly id: string
  readonly number: string
  /** Empty where the reader may not see it. */
  readonly title: string
  readonly status: string
  readonly isOpen: boolean
  readonly category: string | null
  readonly communityId: string
  readonly pairId: string | null
  readonly openedAt: number
  readonly dueAt: number | null
  readonly grade: string | null
  readonly tier: string | null
  readonly clock: string
  /** Why it was passed to the supervisor; null where it was not, or the reader may not see it. */
  readonly escalatedBecause: string | null
  readonly marks: readonly ('escalated' | 'reopened' | 'repeat')[]
}

/** Which clock it is that runs: a dispute names it, the others have one each. */
const clocks: Readonly<Record<Exclude<MatterKind, 'dispute'>, string>> = {
  concern: 'concernAnswer', problem: 'measure', referral: 'partner', whistle: 'arrival', meeting: 'none',
}

function timeOf(value: string | null | undefined): number | null {
  return value ? Date.parse(value) : null
}

export function matterOf(kind: MatterKind, view: MatterView): Matter {
  const marks: Matter['marks'][number][] = []
  if (view.escalatedAt) marks.push('escalated')
  if ((view.timesReopened ?? view.reopened ?? 0) > 0) marks.push('reopened')
  if (view.repeatOf) marks.push('repeat')
  return {
    key: `${kind}/${view.id}`,
    kind,
    id: view.id,
    number: view.number,
    title: view.title ?? view.ask ?? view.purpose ?? '',
    status: view.status ?? view.stage ?? '',
    isOpen: view.isOpen,
    category: view.category ?? view.taskKind ?? view.kind ?? null,
    communityId: view.communityId,
    pairId: view.pairId ?? null,
    openedAt: timeOf(view.openedAt ?? view.raisedAt ?? view.givenAt ?? view.blownAt ?? view.plannedFor) ?? 0,
    dueAt: timeOf(view.dueAt),
    grade: view.grade ?? null,
    tier: view.tier ?? null,
    clock: kind === 'dispute' ? (view.clock ?? 'none') : clocks[kind],
    escalatedBecause: view.escalatedBecause ?? null,
    marks,
  }
}

function isKind(name: string | undefined): name is MatterKind {
  return matterKinds.includes(name as MatterKind)
}

/** The earliest clock first; what has none comes after, the longest open first. */
export function byClock(a: Matter, b: Matter): number {
  return (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.openedAt - b.openedAt || a.id.localeCompare(b.id)
}

/** Those of a community's feed by kind, each list by clock; open ones only. */
export function openMatters(entries: ReadonlyMap<string, unknown>): ReadonlyMap<MatterKind, readonly Matter[]> {
  const lists = new Map<MatterKind, Matter[]>(matterKinds.map((kind) => [kind, []]))
  for (const [key, value] of entries) {
    const kind = key.split('/', 1)[0]
    if (isKind(kind) && (value as MatterView).isOpen) lists.get(kind)?.push(matterOf(kind, value as MatterView))
  }
  for (const list of lists.values()) list.sort(byClock)
  return lists
}

/** Open ones in a list that the server answered; kinds that the page does not know are left out. */
export function listedMatters(items: readonly { readonly kind: string; readonly view: unknown }[]): Matter[] {
  return items.flatMap(({ kind, view }) => (isKind(kind) ? [matterOf(kind, view as MatterView)] : [])).sort(byClock)
}

export type ClockTone = 'none' | 'running' | 'soon' | 'overdue'

/** A clock with less than this left is about to be over. */
const soonMs = 24 * 3_600_000

export function toneOf(dueAt: number | null, now: number): ClockTone {
  if (dueAt === null) return 'none'
  if (dueAt <= now) return 'overdue'
  return dueAt - now < soonMs ? 'soon' : 'running'
}
