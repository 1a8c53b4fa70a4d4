import type { Pair } from './pair'

/** The one thing that a board says of a pair, in the order in which a dispatcher looks for them. */
export const pairConditions = ['available', 'conditional', 'committed', 'enRoute', 'onScene', 'notAvailable', 'offDuty'] as const

export type PairCondition = (typeof pairConditions)[number]

export function conditionOf(pair: Pair): PairCondition {
  if (pair.duty === 'offDuty') return 'offDuty'
  if (pair.commitment) {
    const { status } = pair.commitment
    return status === 'reported' ? 'onScene' : status
  }
  if (pair.availability === 'available') return 'available'
  return pair.availability === 'conditionallyAvailable' ? 'conditional' : 'notAvailable'
}

/** Key of the words that say in full what the pair is doing. */
export function pairStateKey(pair: Pick<Pair, 'duty' | 'activity'> & { readonly commitment: Pick<NonNullable<Pair['commitment']>, 'status'> | null }): string {
  if (pair.duty === 'offDuty') return 'pair.condition.offDuty'
  return pair.commitment ? `pair.commitment.${pair.commitment.status}` : `pair.activity.${pair.activity}`
}

/** One for all: a comparison that makes its own is a hundred times slower. */
const callSigns = new Intl.Collator('zh-CN', { numeric: true })

/** Order of pairs within a station: by condition, then by call sign. */
export function byCondition(a: Pair, b: Pair): number {
  return pairConditions.indexOf(conditionOf(a)) - pairConditions.indexOf(conditionOf(b)) || callSigns.compare(a.callSign, b.callSign)
}
