import { callApi } from '../../api/http'

export interface HistoryIncident {
  readonly id: string
  readonly number: string | null
  readonly category: string | null
  readonly priority: 1 | 2 | 3 | 4 | null
  readonly communityId: string | null
}

export interface HistoryEntry {
  readonly at: string
  readonly kind: string
  readonly by: string | null
  readonly incident: HistoryIncident | null
  readonly code: string | null
  readonly officers: number | null
  readonly interactionId: string | null
  readonly communityId: string | null
  readonly participants: number | null
}

export const timeKinds = ['community', 'incident', 'station', 'activity', 'borrowed'] as const
export type TimeKind = (typeof timeKinds)[number]

export interface DayTime {
  readonly kind: TimeKind
  readonly from: string
  readonly to: string
  readonly by: string | null
  readonly incidentId: string | null
  readonly isRunning: boolean
}

/** A pair's day, as `GET /pairs/{id}/history` answers. */
export interface PairHistory {
  readonly pairId: string
  readonly day: string
  readonly at: string
  readonly entries: readonly HistoryEntry[]
  readonly times: readonly DayTime[]
  readonly isCut: boolean
}

export function loadHistory(pairId: string, day: string): Promise<PairHistory> {
  return callApi(`/pairs/${encodeURIComponent(pairId)}/history?day=${day}`)
}

/** A stretch of the day's strip, as shares of what the strip shows, 0 to 1. */
export interface Stretch {
  readonly kind: TimeKind
  readonly from: number
  readonly width: number
}

const hourMs = 3_600_000

/** The hours that a strip shows: whole ones around what there was, at least four. */
export function stripOf(times: readonly DayTime[]): { readonly begin: number; readonly end: number; readonly stretches: readonly Stretch[] } | null {
  const [first, last] = [times[0], times.at(-1)]
  if (!first || !last) return null
  const begin = Math.floor(Date.parse(first.from) / hourMs) * hourMs
  const end = Math.max(Math.ceil(Date.parse(last.to) / hourMs) * hourMs, begin + 4 * hourMs)
  return {
    begin, end,
    stretches: times.map(({ kind, from, to }) => ({ kind, from: (Date.parse(from) - begin) / (end - begin), width: (Date.parse(to) - Date.parse(from)) / (end - begin) })),
  }
}

/** Hours to write under a strip: all of them, or every second, third and so on where there are many. */
export function ticksOf(begin: number, end: number): number[] {
  const hours = (end - begin) / hourMs
  const step = [1, 2, 3, 4, 6].find((n) => hours / n <= 8) ?? 6
  return Array.from({ length: Math.floor(hours / step) + 1 }, (_, i) => begin + i * step * hourMs)
}

/** Minutes by what they were spent on, those that there are. */
export function minutesOf(times: readonly DayTime[]): { readonly kind: TimeKind; readonly minutes: number; readonly share: number }[] {
  const spent = new Map<TimeKind, number>()
  for (const { kind, from, to } of times) spent.set(kind, (spent.get(kind) ?? 0) + Date.parse(to) - Date.parse(from))
  const all = [...spent.values()].reduce((sum, ms) => sum + ms, 0)
  return timeKinds.filter((kind) => spent.has(kind)).map((kind) => ({ kind, minutes: Math.round((spent.get(kind) ?? 0) / 60_000), share: (spent.get(kind) ?? 0) / all }))
}

/** A day some days before or after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
