import { isFinished, isWaiting, type Incident } from '../incidents/incident'
import type { Pair } from '../pairs/pair'
import { conditionOf, pairConditions, type PairCondition } from '../pairs/pairCondition'

/** The part of a station's summary that the lists on the board do not hold. */
export interface StationSummary {
  readonly openedToday: number
  readonly closedToday: number
  /** Counts of the day in the buckets of the three clocks; not there from a server that does not count them. */
  readonly clocks?: {
    /** From when on, where that was later than midnight. */
    readonly since: string | null
    readonly acknowledge: readonly number[]
    readonly arrive: readonly number[]
    readonly report: readonly number[]
  } | null
}

export interface Figures {
  readonly open: number
  readonly waiting: number
  readonly onScene: number
  /** Pairs that can be offered work: available, or on patrol or visit. */
  readonly available: number
  readonly openedToday: number
  readonly closedToday: number
  /** Milliseconds since 1970; null where none waits. */
  readonly oldestWaitingAt: number | null
}

export function figuresOf(incidents: readonly Incident[], pairs: readonly Pair[], summaries: readonly StationSummary[]): Figures {
  const open = incidents.filter((incident) => !isFinished(incident))
  const waiting = open.filter(isWaiting)
  const counts = countConditions(pairs)
  return {
    open: open.length,
    waiting: waiting.length,
    onScene: open.filter(({ status }) => status === 'onScene').length,
    available: counts.available + counts.conditional,
    openedToday: summaries.reduce((sum, { openedToday }) => sum + openedToday, 0),
    closedToday: summaries.reduce((sum, { closedToday }) => sum + closedToday, 0),
    oldestWaitingAt: waiting.length === 0 ? null : Math.min(...waiting.map(({ openedAt }) => Date.parse(openedAt))),
  }
}

export function countConditions(pairs: readonly Pair[]): Record<PairCondition, number> {
  const counts = Object.fromEntries(pairConditions.map((condition) => [condition, 0])) as Record<PairCondition, number>
  for (const pair of pairs) counts[conditionOf(pair)]++
  return counts
}
