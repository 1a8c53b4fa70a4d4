import { bureauDay } from './span'

export type PeriodKind = 'today' | 'week' | 'days30' | 'month' | 'own'

/** Days at UTC+8, both counted. */
export interface Period {
  from: string
  to: string
}

/** The days of a period that ends today. */
export function periodOf(kind: Exclude<PeriodKind, 'own'>, now: number): Period {
  const to = bureauDay(now)
  if (kind === 'today') return { from: to, to }
  if (kind === 'month') return { from: `${to.slice(0, 8)}01`, to }
  return { from: bureauDay(now, kind === 'week' ? 6 : 29), to }
}

/** Why some days cannot be asked for; null where they can. */
export function faultOf({ from, to }: Period, longestDays: number): 'missing' | 'order' | 'tooLong' | null {
  if (!from || !to) return 'missing'
  if (to < from) return 'order'
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 > longestDays ? 'tooLong' : null
}
