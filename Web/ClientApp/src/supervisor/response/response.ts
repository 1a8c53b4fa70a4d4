import { callApi } from '../../api/http'
import type { ResponseClock } from '../now/watchedIncident'

/** Times of one clock; all but the target is null where there are too few to be told. */
export interface ResponseGroup {
  readonly count: number | null
  readonly unmet: number | null
  readonly medianSeconds: number | null
  readonly p90Seconds: number | null
  /** 0 to 1. */
  readonly withinShare: number | null
  readonly targetSeconds: number | null
}

export interface ResponseBucket {
  readonly fromSeconds: number
  readonly toSeconds: number | null
  readonly count: number | null
}

export interface ClockFigures {
  readonly clock: ResponseClock
  readonly all: ResponseGroup
  readonly byPriority: Readonly<Record<string, ResponseGroup>>
  readonly byCommunity: Readonly<Record<string, ResponseGroup>>
  readonly buckets: readonly ResponseBucket[]
}

/** How the response clocks were kept in a period, as `GET /figures/response` answers. */
export interface ResponseFigures {
  readonly from: string
  readonly to: string
  readonly at: string
  readonly incidents: number | null
  readonly clocks: readonly ClockFigures[]
}

export function loadResponse(from: string, to: string, stationId: string | null, communityId: string | null): Promise<ResponseFigures> {
  const query = new URLSearchParams({ from, to })
  if (stationId) query.set('stationId', stationId)
  if (communityId) query.set('communityId', communityId)
  return callApi(`/figures/response?${query}`)
}

/** A row of a clock's table. */
export interface ResponseRow {
  readonly key: string
  readonly name: string
  readonly group: ResponseGroup
}

/** Rows in a given order, which is that of the organisation and never that of the figures; what is too little to be told stays out of the chart and in the count. */
export function rowsOf(groups: Readonly<Record<string, ResponseGroup>>, order: readonly string[], nameOf: (key: string) => string): { readonly rows: ResponseRow[]; readonly hidden: number } {
  const rows = order.filter((key) => groups[key]).map((key) => ({ key, name: nameOf(key), group: groups[key] as ResponseGroup }))
  const told = rows.filter(({ group }) => group.count !== null)
  return { rows: told, hidden: rows.length - told.length }
}

export type TimeUnit = 'second' | 'minute' | 'hour'

const unitSeconds = { second: 1, minute: 60, hour: 3600 } as const

/** The unit in which times up to this length are read best. */
export function unitOf(longestSeconds: number): TimeUnit {
  return longestSeconds <= 180 ? 'second' : longestSeconds <= 3 * 3600 ? 'minute' : 'hour'
}

export function inUnit(seconds: number, unit: TimeUnit): number {
  return seconds / unitSeconds[unit]
}

/** How much longer than what was measured a chart may reach for the sake of a target: beyond, nothing but the target could be read. */
const mostReach = 4

/** How far a chart of times reaches, in seconds: to its longest mark, but not to targets that are far beyond all that was measured. */
export function reachOf(rows: readonly ResponseRow[]): number {
  const measured = Math.max(0, ...rows.map(({ group }) => Math.max(group.p90Seconds ?? 0, group.medianSeconds ?? 0)))
  const targets = rows.map(({ group }) => group.targetSeconds ?? 0).filter((target) => target <= measured * mostReach)
  return Math.max(measured, ...targets)
}

/** Whether some target is beyond what a chart shows. */
export function hasTargetBeyond(rows: readonly ResponseRow[]): boolean {
  const reach = reachOf(rows)
  return rows.some(({ group }) => (group.targetSeconds ?? 0) > reach)
}

/** A length of time in its own best unit, by the words of the locale; null for what is not told. */
export function timeText(seconds: number | null, locale: string): string {
  if (seconds === null) return '–'
  const unit = unitOf(seconds)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(inUnit(seconds, unit))
}

export function shareText(share: number | null, locale: string): string {
  return share === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)
}

/** The ends of a bucket in one unit: `0–30`, `>180`. */
export function bucketText({ fromSeconds, toSeconds }: ResponseBucket, unit: TimeUnit): string {
  const from = inUnit(fromSeconds, unit)
  return toSeconds === null ? `>${from}` : `${from}–${inUnit(toSeconds, unit)}`
}
