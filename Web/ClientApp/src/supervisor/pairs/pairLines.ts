import type { ClockState } from '../community'
import type { RollOut } from '../rollOut'
import type { SeenPair } from '../useStations'

/** A line of the list of pairs. */
export interface PairLine {
  readonly pair: SeenPair
  /** Where it is now; null where nobody knows, or outside of every community. */
  readonly whereId: string | null
  readonly hasPosition: boolean
  /** Minutes of today on duty; null before the first count. */
  readonly presence: { readonly inside: number; readonly outside: number; readonly unknown: number } | null
  readonly lastContactAt: number | null
  readonly contact: ClockState | null
}

export type DutyFilter = 'all' | 'onDuty' | 'single' | 'away'

export interface PairContext {
  readonly board: RollOut | null
  readonly whereOf: (pairId: string) => string | null | undefined
  /** Last contacts that came live, by community. */
  readonly liveContactAt: (communityId: string) => number | null
  /** The day that today is. */
  readonly today: string
}

function lineOf(pair: SeenPair, rows: ReadonlyMap<string, RollOut['communities'][number]>, { whereOf, liveContactAt, today }: PairContext): PairLine {
  const row = pair.communityId ? rows.get(pair.communityId) : undefined
  const board = row?.lastContactAt ? Date.parse(row.lastContactAt) : null
  const live = pair.communityId ? liveContactAt(pair.communityId) : null
  const where = pair.duty === 'onDuty' ? whereOf(pair.id) : undefined
  return {
    pair, whereId: where ?? null, hasPosition: where !== undefined,
    presence: pair.presence?.today.from === today ? pair.presence.today : null,
    lastContactAt: live === null ? board : Math.max(live, board ?? live),
    contact: row ? (live !== null && live > (board ?? 0) ? 'ok' : row.contact.state) : null,
  }
}

/** Whether only one officer of a pair on duty is there. */
export function isSingle(pair: SeenPair): boolean {
  return pair.duty === 'onDuty' && pair.presentOfficerIds.length < 2
}

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** By station and call sign, and by nothing that could be taken for a rank. */
export function pairLines(pairs: Iterable<SeenPair>, context: PairContext): PairLine[] {
  const rows = new Map((context.board?.communities ?? []).map((row) => [row.communityId, row]))
  return [...pairs]
    .map((pair) => lineOf(pair, rows, context))
    .sort((a, b) => byName.compare(a.pair.stationId, b.pair.stationId) || byName.compare(a.pair.callSign, b.pair.callSign))
}

export function isShown({ pair, whereId }: PairLine, filter: DutyFilter): boolean {
  if (filter === 'all') return true
  if (filter === 'single') return isSingle(pair)
  return pair.duty === 'onDuty' && (filter === 'onDuty' || (whereId !== null && whereId !== pair.communityId))
}
