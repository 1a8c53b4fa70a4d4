import { describe, expect, it } from 'vitest'
import { ageingOf } from './ageing'
import { activePairIds, isFinished, isWaiting, topAlert, type Assignment, type Incident } from './incident'
import { reachedStep } from './incidentSteps'
import { queueOf } from './queueOrder'

const opened = Date.parse('2026-03-01T08:00:00Z')

function incident(more: Partial<Incident> = {}): Incident {
  return {
    id: 'i1', number: '001', status: 'new', category: 'dispute', priority: 2, location: null, communityId: null, stationId: 's1',
    pairsNeeded: 1, openedAt: '2026-03-01T08:00:00Z', closedAt: null, version: 1, dispatchDueAt: '2026-03-01T08:05:00Z',
    alerts: [], offers: [], assignments: [], ...more,
  }
}

describe('ageingOf', () => {
  it.each([
    [0, 'calm'],
    [149, 'calm'],
    [150, 'pressing'],
    [299, 'pressing'],
    [300, 'overdue'],
    [4000, 'overdue'],
  ] as const)('is %i s after opening %s', (seconds, level) => {
    expect(ageingOf(incident(), opened + seconds * 1000).level).toBe(level)
  })

  it('stops the dispatch clock once a pair has been sent', () => {
    expect(ageingOf(incident({ status: 'enRoute' }), opened + 400_000)).toEqual({ level: 'calm', ageMs: 400_000, leftMs: null, used: 0 })
  })
})

describe('queueOf', () => {
  it('puts waiting incidents apart, urgent before old, finished last', () => {
    const queue = queueOf([
      incident({ id: 'closed', status: 'closed', priority: 1 }),
      incident({ id: 'late', status: 'enRoute', openedAt: '2026-03-01T08:10:00Z' }),
      incident({ id: 'early', status: 'enRoute' }),
      incident({ id: 'low', priority: 4 }),
      incident({ id: 'again', status: 'reopened', priority: 1 }),
    ])
    expect(queue.waiting.map(({ id }) => id)).toEqual(['again', 'low'])
    expect(queue.underway.map(({ id }) => id)).toEqual(['early', 'late', 'closed'])
  })
})

describe('reachedStep', () => {
  const there = { pairId: 'p1', status: 'onScene', acceptedAt: 'x', enRouteAt: 'x', onSceneAt: 'x', reportedAt: null } as Assignment

  it('follows the status, and the pairs where the incident was put aside', () => {
    expect(reachedStep(incident({ status: 'enRoute' }))).toBe(3)
    expect(reachedStep(incident({ status: 'onHold', assignments: [there] }))).toBe(4)
    expect(reachedStep(incident({ status: 'reopened' }))).toBe(0)
  })
})

describe('what an incident asks of people', () => {
  const part = (status: Assignment['status']): Assignment => ({
    pairId: status, status, offeredAt: null, acceptedAt: null, enRouteAt: null, onSceneAt: null, reportedAt: null, clearedAt: null,
  })

  it('counts pairs that are on it, not those that are queued or planned', () => {
    expect(activePairIds(incident({ assignments: [part('committed'), part('stacked'), part('reserved'), part('cancelled')] }))).toEqual(['committed'])
  })

  it('waits once it was passed on, and not before its time', () => {
    expect(isWaiting(incident({ status: 'transferred' }))).toBe(true)
    expect(isFinished(incident({ status: 'transferred' }))).toBe(false)
    expect(isWaiting(incident({ scheduledFor: '2026-03-02T08:00:00Z' }))).toBe(false)
  })

  it('shows the most urgent alert', () => {
    expect(topAlert(incident({ alerts: ['noPairAvailable', 'panic'] }))).toBe('panic')
    expect(topAlert(incident({ alerts: ['unheardOf'] }))).toBeNull()
  })
})
