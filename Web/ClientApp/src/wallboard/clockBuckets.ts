import { isFinished, type Assignment, type Incident } from '../incidents/incident'
import type { StationSummary } from './figures'

/** The three clocks, in the order in which they run. */
export const clockNames = ['acknowledge', 'arrive', 'report'] as const

export type ClockName = (typeof clockNames)[number]

const [second, minute] = [1_000, 60_000]

/** Where the first four of the five buckets of each clock end, in milliseconds. */
export const bucketEnds: Record<ClockName, readonly number[]> = {
  acknowledge: [30 * second, 60 * second, 120 * second, 180 * second],
  arrive: [5 * minute, 10 * minute, 15 * minute, 30 * minute],
  report: [30 * minute, 60 * minute, 120 * minute, 240 * minute],
}

export interface Bucket {
  /** Taken today. */
  readonly done: number
  /** Running now, and as old. */
  readonly running: number
}

export type Clocks = Record<ClockName, readonly Bucket[]>

/** Those that run now: since when each. */
function* running(incident: Incident): Iterable<readonly [ClockName, string]> {
  if (isFinished(incident)) return
  for (const { status, offeredAt } of incident.offers) if (status === 'pending') yield ['acknowledge', offeredAt]
  for (const assignment of incident.assignments) {
    const begun = runningSince(assignment)
    if (begun) yield begun
  }
}

function runningSince({ status, offeredAt, acceptedAt, onSceneAt }: Assignment): readonly [ClockName, string] | null {
  if (status === 'onScene' && onSceneAt) return ['report', onSceneAt]
  const since = offeredAt ?? acceptedAt
  return (status === 'committed' || status === 'enRoute') && since ? ['arrive', since] : null
}

function bucketOf(name: ClockName, ms: number): number {
  return bucketEnds[name].filter((end) => ms > end).length
}

/** The buckets of all stations: what was taken today, as the stations count it, and what runs now. */
export function clocksOf(summaries: readonly StationSummary[], incidents: readonly Incident[], now: number): Clocks {
  const counts = (name: ClockName) => bucketEnds[name].concat(0).map((_, index) => ({
    done: summaries.reduce((sum, { clocks }) => sum + (clocks?.[name][index] ?? 0), 0),
    running: 0,
  }))
  const clocks = { acknowledge: counts('acknowledge'), arrive: counts('arrive'), report: counts('report') }
  for (const incident of incidents) {
    for (const [name, since] of running(incident)) {
      const bucket = clocks[name][bucketOf(name, now - Date.parse(since))]
      if (bucket) bucket.running++
    }
  }
  return clocks
}

/** From when on today's are counted, where some station counts only since later than midnight; null where all do since midnight. */
export function countedSince(summaries: readonly StationSummary[]): number | null {
  const since = summaries.flatMap(({ clocks }) => (clocks?.since ? [Date.parse(clocks.since)] : []))
  return since.length === 0 ? null : Math.max(...since)
}
