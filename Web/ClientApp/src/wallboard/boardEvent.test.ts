import { describe, expect, it } from 'vitest'
import type { Assignment, Incident, Offer } from '../incidents/incident'
import type { Pair } from '../pairs/pair'
import { addEvents, incidentEvents, pairEvents, type BoardEvent } from './boardEvent'

const now = Date.parse('2026-03-01T09:00:00Z')
const opened: Incident = {
  id: 'i1', number: '001', status: 'new', category: 'dispute', priority: 2, location: null, communityId: null, stationId: 's1',
  pairsNeeded: 1, openedAt: '2026-03-01T08:00:00Z', closedAt: null, version: 1, dispatchDueAt: null, alerts: [], offers: [],
  assignments: [],
}
const offer: Offer = { id: 'o1', pairId: 'p1', status: 'pending', offeredAt: '2026-03-01T08:01:00Z', expiresAt: '2026-03-01T08:01:30Z' }
const assignment: Assignment = {
  pairId: 'p1', status: 'enRoute', offeredAt: '2026-03-01T08:01:00Z', acceptedAt: '2026-03-01T08:01:10Z',
  enRouteAt: '2026-03-01T08:01:20Z', onSceneAt: null, reportedAt: null, clearedAt: null,
}
const kinds = (events: BoardEvent[]) => events.map(({ kind }) => kind)

describe('incidentEvents', () => {
  it('tells each step once, with the time at which it happened', () => {
    const offered: Incident = { ...opened, status: 'dispatched', version: 2, offers: [offer] }
    const underway: Incident = { ...offered, status: 'enRoute', version: 4, assignments: [assignment] }
    expect(kinds(incidentEvents(undefined, opened, now))).toEqual(['opened'])
    expect(kinds(incidentEvents(opened, offered, now))).toEqual(['offered'])
    expect(incidentEvents(offered, underway, now).map(({ kind, at }) => [kind, at])).toEqual([
      ['committed', Date.parse('2026-03-01T08:01:10Z')],
      ['enRoute', Date.parse('2026-03-01T08:01:20Z')],
    ])
    expect(incidentEvents(underway, { ...underway, version: 5 }, now)).toEqual([])
  })

  it('tells that an incident is something else now, or more urgent', () => {
    const raised: Incident = { ...opened, priority: 1, version: 2 }
    expect(incidentEvents(opened, raised, now).map(({ kind, priority }) => [kind, priority])).toEqual([['reclassified', 1]])
    expect(kinds(incidentEvents(raised, { ...raised, category: 'criminal', version: 3 }, now))).toEqual(['reclassified'])
  })

  it('tells merged changes that came in one message after an interruption', () => {
    const closed: Incident = { ...opened, status: 'closed', closedAt: '2026-03-01T08:30:00Z', version: 9, offers: [{ ...offer, status: 'expired' }] }
    expect(kinds(incidentEvents(opened, closed, now))).toEqual(['offered', 'expired', 'closed'])
  })
})

describe('pairEvents', () => {
  it('tells a change of duty and not the first sight of a pair', () => {
    const off = { id: 'p1', duty: 'offDuty', version: 1 } as Pair
    const on = { ...off, duty: 'onDuty', version: 2 } as Pair
    expect(pairEvents(undefined, on, now)).toEqual([])
    expect(kinds(pairEvents(off, on, now))).toEqual(['onDuty'])
  })
})

describe('addEvents', () => {
  it('stays within its limit, newest first, and ignores what it has', () => {
    let ticker: readonly BoardEvent[] = []
    for (let minute = 0; minute < 100; minute++) {
      const event: BoardEvent = { ...incidentEvents(undefined, opened, now)[0]!, key: `k${minute}`, at: minute }
      ticker = addEvents(addEvents(ticker, [event], 10), [event], 10)
    }
    expect(ticker).toHaveLength(10)
    expect(ticker[0]!.at).toBe(99)
  })
})
