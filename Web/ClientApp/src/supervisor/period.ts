import { bureauDay } from './span'

export type PeriodKind = 'week' | 'days30' | 'month' | 'own'

/** Days at UTC+8, both counted. */
export interface Period {
  readonly from: string
  readonly to: string
}

export const periodKinds: readonly PeriodKind[] = ['week', 'days30', 'month', 'own']

/** The days of a period that ends today. */
export function periodOf(kind: Exclude<PeriodKind, 'own'>, now: number): Period {
  const to = bureauDay(now)
  if (kind === 'month') return { from: `${to.slice(0, 8)}01`, to }
  return { from: bureauDay(now, kind === 'week' ? 6 : 29), to }
}

const longestDays = 366

/** Why some days cannot be asked for; null where they can. */
export function faultOf({ from, to }: Period): 'missing' | 'order' | 'tooLong' | null {
  if (!from || !to) return 'missing'
  if (to < from) return 'order'
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 > longestDays ? 'tooLong' : null
}
