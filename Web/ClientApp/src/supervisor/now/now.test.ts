import { describe, expect, it } from 'vitest'
import { careAlerts } from './careAlerts'
import { countClocks, runningClocks, standingOf, waitingDecisions, type ResponseTargets, type WatchedIncident } from './watchedIncident'

const begin = Date.parse('2026-03-01T08:00:00Z')
const after = (seconds: number) => new Date(begin + seconds * 1000).toISOString()
const targets: ResponseTargets = { acknowledge: { 2: 30 }, dispatch: { 2: 300 }, arrival: { c1: 600 }, report: { 2: 1800 } }

function incident(more: Partial<WatchedIncident> = {}): WatchedIncident {
  return {
    id: 'i1', number: '001', status: 'new', category: 'dispute', priority: 2, location: null, communityId: 'c1', stationId: 's1', pairsNeeded: 1, openedAt: after(0),
    closedAt: null, version: 1, dispatchDueAt: after(300), alerts: [], offers: [], assignments: [], ...more,
  }
}
const part = (status: 'committed' | 'enRoute' | 'onScene' | 'cleared' | 'stacked', more = {}) => ({
  pairId: 'p1', status, offeredAt: after(60), acceptedAt: after(70), enRouteAt: null, onSceneAt: null, reportedAt: null, clearedAt: null, committedAt: after(70), ...more,
})
const offer = (status: 'pending' | 'expired') => ({ id: `o-${status}`, pairId: 'p2', status, offeredAt: after(60), expiresAt: after(90) })

describe('runningClocks', () => {
  it('runs one clock for each thing that is waited for, the first to be over first', () => {
    const clocks = runningClocks([
      incident({ status: 'onScene', assignments: [part('onScene', { onSceneAt: after(100) }), part('committed'), part('cleared'), part('stacked')] }),
      incident({ id: 'i2' }),
      incident({ id: 'i3', status: 'dispatched', offers: [offer('pending'), offer('expired')] }),
      incident({ id: 'i4', status: 'closed', offers: [offer('pending')] }),
    ], targets)
    expect(clocks.map(({ clock, incident: { id }, dueAt }) => [clock, id, (dueAt - begin) / 1000])).toEqual([
      ['acknowledge', 'i3', 90], ['dispatch', 'i2', 300], ['arrival', 'i1', 660], ['report', 'i1', 1900],
    ])
  })

  it('begins the arrival of queued work when the pair was committed', () => {
    const [clock] = runningClocks([incident({ status: 'enRoute', assignments: [part('enRoute', { committedAt: after(500) })] })], targets)
    expect(clock?.dueAt).toBe(begin + 1100_000)
  })

  it('says from three quarters of its time on that a clock is about to be over', () => {
    const clock = { from: begin, dueAt: begin + 100_000 }
    expect([0, 74, 75, 99, 100, 500].map((s) => standingOf(clock, begin + s * 1000))).toEqual(['running', 'running', 'soon', 'soon', 'over', 'over'])
    expect(countClocks(runningClocks([incident(), incident({ id: 'i2' })], targets), begin + 300_000).dispatch).toEqual({ running: 0, soon: 0, over: 2 })
  })
})

it('lists what waits for a decision by urgency and age, each pair once with its reasons', () => {
  const escalation = { at: after(200), because: [{ pairId: 'a', reason: 'busy' }, { pairId: 'b', reason: 'noAnswer' }, { pairId: 'a', reason: 'tooFar' }, { pairId: 'a', reason: 'busy' }] }
  const list = waitingDecisions([
    incident({ id: 'old', alerts: ['noPairAvailable'] }),
    incident({ id: 'refused', alerts: ['supervisorNeeded', 'unheardOf'], escalation, offers: [offer('expired')] }),
    incident({ id: 'panic', alerts: ['panic'], openedAt: after(900) }),
    incident({ id: 'over', status: 'closed', alerts: ['panic'] }),
    incident({ id: 'calm' }),
  ])
  expect(list.map((x) => x.incident.id)).toEqual(['panic', 'refused', 'old'])
  expect(list[1]).toMatchObject({ alerts: ['supervisorNeeded'], openedAt: begin, lastTriedAt: begin + 200_000, expired: 1, because: [{ pairId: 'a', reasons: ['busy', 'tooFar'] }, { pairId: 'b', reasons: ['noAnswer'] }] })
})

it('puts handovers and successions in the order of their clocks, within the station', () => {
  const sheet = (id: string, stationId: string, dueAt: string) => ({ id, pairId: 'p', communityId: 'c', stationId, openedAt: after(0), dueAt, items: [{ tickedAt: null }, { tickedAt: after(1) }] })
  const succession = { state: 'due', number: 30, unit: 'days', code: 'successionDue' } as const
  const fact = { state: 'ok', number: null, unit: 'days', code: null } as const
  const pair = (pairId: string, of: typeof succession | typeof fact) => ({ pairId, callSign: pairId, duty: 'onDuty', agreement: fact, succession: of, presenceToday: null })
  const total = { stationId: null, communities: 1, fullPair: 1, oneOfficer: 0, none: 0, withoutContact: 0 }
  const board = {
    at: after(0), contactWithin: { value: 7, unit: 'days' }, stations: [], bureau: total,
    communities: [{
      communityId: 'c', name: 'c', nameEn: null, stationId: 's', cover: 'fullPair' as const, lastContactAt: null, contact: fact, handover: fact, timeTaken: [], alerts: [],
      pairs: [pair('calm', fact), pair('retires', succession)],
    }],
  }
  const alerts = careAlerts([sheet('late', 's', after(86_400 * 60)), sheet('soon', 's', after(60)), sheet('elsewhere', 'x', after(1))], board, 's')
  expect(alerts.map((x) => [x.kind, x.pairId, x.openItems])).toEqual([['handover', 'p', 1], ['succession', 'retires', null], ['handover', 'p', 1]])
})
