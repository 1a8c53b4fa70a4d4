import { expect, it } from 'vitest'
import type { Pair } from './pair'
import { byCondition, conditionOf } from './pairCondition'

function pair(more: Partial<Pair> = {}): Pair {
  return {
    id: 'p1', callSign: '牡丹-01', stationId: 's1', communityId: 'c1', officers: [], duty: 'onDuty', activity: 'available',
    availability: 'available', commitment: null, position: null, version: 1, ...more,
  }
}

it('says off duty before anything else, and a commitment before the activity', () => {
  const commitment = { incidentId: 'i1', offerId: null, status: 'reported', since: '' } as const
  expect(conditionOf(pair({ duty: 'offDuty', commitment }))).toBe('offDuty')
  expect(conditionOf(pair({ commitment, activity: 'meal', availability: 'notAvailable' })), 'not free until cleared').toBe('onScene')
  expect(conditionOf(pair({ activity: 'patrol', availability: 'conditionallyAvailable' }))).toBe('conditional')
  expect(conditionOf(pair({ activity: 'meal', availability: 'notAvailable' }))).toBe('notAvailable')
})

it('lists available pairs first and numbers as numbers', () => {
  const list = [pair({ callSign: '牡丹-10' }), pair({ callSign: '牡丹-9' }), pair({ callSign: '牡丹-1', duty: 'offDuty' })]
  expect(list.sort(byCondition).map(({ callSign }) => callSign)).toEqual(['牡丹-9', '牡丹-10', '牡丹-1'])
})
