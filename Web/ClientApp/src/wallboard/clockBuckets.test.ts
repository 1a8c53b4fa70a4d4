import { expect, it } from 'vitest'
import type { Assignment, Incident } from '../incidents/incident'
import { clocksOf, countedSince } from './clockBuckets'

const now = Date.parse('2026-03-01T09:00:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString()

function part(status: Assignment['status'], more: Partial<Assignment>): Assignment {
  return { pairId: 'p1', status, offeredAt: null, acceptedAt: null, enRouteAt: null, onSceneAt: null, reportedAt: null, clearedAt: null, ...more }
}

function incident(more: Partial<Incident>): Incident {
  return {
    id: 'i1', number: '1', status: 'enRoute', category: 'dispute', priority: 2, location: null, communityId: null, stationId: 's1', pairsNeeded: 1,
    openedAt: ago(600), closedAt: null, version: 1, dispatchDueAt: null, alerts: [], offers: [], assignments: [], ...more,
  }
}

const summary = { openedToday: 0, closedToday: 0, clocks: { since: null, acknowledge: [4, 2, 0, 0, 1], arrive: [1, 1, 1, 0, 0], report: [0, 0, 0, 0, 0] } }

it('adds what all stations took today', () => {
  const clocks = clocksOf([summary, summary, { openedToday: 1, closedToday: 0 }], [], now)
  expect(clocks.acknowledge.map(({ done }) => done)).toEqual([8, 4, 0, 0, 2])
  expect(clocks.report.map(({ done }) => done)).toEqual([0, 0, 0, 0, 0])
})

it('puts what runs now into the bucket of its present age', () => {
  const clocks = clocksOf([], [
    incident({ offers: [{ id: 'o', pairId: 'p', status: 'pending', offeredAt: ago(45), expiresAt: ago(0) }] }),
    incident({ assignments: [part('enRoute', { offeredAt: ago(301) }), part('committed', { offeredAt: ago(20) })] }),
    incident({ assignments: [part('onScene', { offeredAt: ago(4_000), onSceneAt: ago(3_000) })] }),
    incident({ assignments: [part('cleared', { offeredAt: ago(90), onSceneAt: ago(60) })] }),
    incident({ status: 'closed', assignments: [part('onScene', { onSceneAt: ago(60) })] }),
  ], now)
  expect(clocks.acknowledge.map(({ running }) => running)).toEqual([0, 1, 0, 0, 0])
  expect(clocks.arrive.map(({ running }) => running)).toEqual([1, 1, 0, 0, 0])
  expect(clocks.report.map(({ running }) => running)).toEqual([0, 1, 0, 0, 0])
})

it('says since when it is counted where that is not midnight', () => {
  expect(countedSince([summary])).toBeNull()
  expect(countedSince([summary, { ...summary, clocks: { ...summary.clocks, since: ago(60) } }])).toBe(now - 60_000)
})
