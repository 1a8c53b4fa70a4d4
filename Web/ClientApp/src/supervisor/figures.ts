import { callApi } from '../api/http'

/** Null stands for a count of 1 to 4 that is not told. */
export type Counts = Readonly<Record<string, number | null>>

export interface MatterFigures {
  readonly opened: number
  readonly closed: number
  readonly openNow: number
  readonly overdueNow: number
  readonly byStatusNow: Counts
  readonly byAgeNow: Counts
  readonly firstClock: {
    readonly within: number
    readonly late: number
    readonly running: number
    readonly overdue: number
    readonly p50Hours: number | null
    readonly p90Hours: number | null
  }
}

/** Community work in a period, as `GET /figures` answers. */
export interface Figures {
  readonly from: string
  readonly to: string
  readonly at: string
  readonly communities: number
  readonly interactions: {
    readonly total: number
    readonly participants: number
    readonly minutes: number
    readonly byKind: Counts
    readonly byDay: readonly { readonly day: string; readonly count: number }[]
  }
  readonly matters: Readonly<Record<string, MatterFigures>>
  readonly closedLocally: {
    readonly ended: number
    readonly answers: Counts
    readonly repeated: number | null
    readonly reopened: number | null
    readonly escalated: number | null
  }
  readonly pairTime: {
    readonly community: number
    readonly elsewhere: number
    readonly station: number
    readonly taken: number
    readonly takenBy: Readonly<Record<string, number>>
  }
}

export function loadFigures(from: string, to: string, stationId: string | null, communityId: string | null): Promise<Figures> {
  const query = new URLSearchParams({ from, to })
  if (stationId) query.set('stationId', stationId)
  if (communityId) query.set('communityId', communityId)
  return callApi(`/figures?${query}`)
}

/** A bar: its name and how much; null where that is not told. */
export interface Bar {
  readonly name: string
  readonly value: number | null
}

export function barsOf(counts: Counts, nameOf: (key: string) => string, order?: readonly string[]): Bar[] {
  const keys = order ? [...order.filter((key) => key in counts), ...Object.keys(counts).filter((key) => !order.includes(key))] : Object.keys(counts)
  return keys.map((key) => ({ name: nameOf(key), value: counts[key] ?? null }))
}

/** Every day of the period, those without any as well. */
export function dayBars({ from, to, interactions }: Pick<Figures, 'from' | 'to' | 'interactions'>): Bar[] {
  const counts = new Map(interactions.byDay.map(({ day, count }) => [day, count]))
  const bars: Bar[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    bars.push({ name: day, value: counts.get(day) ?? 0 })
  }
  return bars
}

/** A count as it is written; what is not told has a sign of its own, for it may be small or be left out to protect one that is. */
export function told(value: number | null, locale: string): string {
  return value === null ? '*' : value.toLocaleString(locale)
}
