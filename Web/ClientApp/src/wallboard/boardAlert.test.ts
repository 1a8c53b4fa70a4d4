import { describe, expect, it } from 'vitest'
import type { Incident } from '../incidents/incident'
import { alertPage, alertsIn } from './boardAlert'

const now = Date.parse('2026-03-01T09:00:00Z')

function incident(id: string, more: Partial<Incident> = {}): Incident {
  return {
    id, number: id, status: 'new', category: 'dispute', priority: 2, location: null, communityId: null, stationId: 's1', pairsNeeded: 1,
    openedAt: '2026-03-01T08:50:00Z', closedAt: null, version: 1, dispatchDueAt: null, alerts: [], offers: [], assignments: [], ...more,
  }
}

const kinds = (...incidents: Incident[]) => alertsIn(incidents, now).map(({ kind }) => kind)

describe('alertsIn', () => {
  it('raises danger first, then what a supervisor must decide, then what is late', () => {
    expect(kinds(
      incident('late', { dispatchDueAt: '2026-03-01T08:55:00Z' }),
      incident('stuck', { alerts: ['supervisorNeeded'], escalation: { at: '2026-03-01T08:58:00Z' } }),
      incident('danger', { alerts: ['panic'], panicPairId: 'p1', status: 'onScene' }),
      incident('calm', { dispatchDueAt: '2026-03-01T09:05:00Z' }),
    )).toEqual(['panic', 'supervisorNeeded', 'deadlineBreached'])
  })

  it('says since when, and of whom', () => {
    const [danger] = alertsIn([incident('a', { alerts: ['panic'], panicPairId: 'p1' })], now)
    expect(danger).toMatchObject({ since: Date.parse('2026-03-01T08:50:00Z'), pairId: 'p1' })
    const [stuck] = alertsIn([incident('a', { alerts: ['supervisorNeeded'], escalation: { at: '2026-03-01T08:58:00Z' } })], now)
    expect(stuck!.since).toBe(Date.parse('2026-03-01T08:58:00Z'))
    const [late] = alertsIn([incident('a', { dispatchDueAt: '2026-03-01T08:55:00Z' })], now)
    expect(late!.since).toBe(Date.parse('2026-03-01T08:55:00Z'))
  })

  it('is over when what it is about is over', () => {
    expect(kinds(incident('a', { status: 'dispatched', dispatchDueAt: '2026-03-01T08:55:00Z' }))).toEqual([])
    expect(kinds(incident('a', { status: 'closed', alerts: ['panic'] }))).toEqual([])
    expect(kinds(incident('a', { alerts: [] }))).toEqual([])
  })

  it('raises what is late exactly when it becomes late', () => {
    const due = incident('a', { dispatchDueAt: '2026-03-01T09:00:00Z' })
    expect(alertsIn([due], now - 1)).toHaveLength(0)
    expect(alertsIn([due], now)).toHaveLength(1)
  })
})

describe('alertPage', () => {
  const alerts = (panics: number, others: number) => alertsIn([
    ...Array.from({ length: panics }, (_, n) => incident(`danger${n}`, { alerts: ['panic'] })),
    ...Array.from({ length: others }, (_, n) => incident(`late${n}`, { dispatchDueAt: '2026-03-01T08:55:00Z' })),
  ], now)
  const keys = (page: ReturnType<typeof alertPage>) => page.shown.map(({ incident: { id } }) => id)

  it('keeps danger in its place while the others take turns, and all get one', () => {
    const all = alerts(1, 5)
    const seen = new Set<string>()
    for (let turn = 0; turn < 3; turn++) {
      const page = alertPage(all, turn, 3)
      expect(page.shown[0]!.kind).toBe('panic')
      expect(page.more).toBe(6 - page.shown.length)
      keys(page).forEach((id) => seen.add(id))
    }
    expect(seen.size).toBe(6)
    expect(keys(alertPage(all, 3, 3))).toEqual(keys(alertPage(all, 0, 3)))
  })

  it('shows all where there is room, and gives more dangers than places their turns as well', () => {
    expect(alertPage(alerts(1, 2), 7, 3)).toMatchObject({ more: 0 })
    const many = alerts(5, 0)
    const seen = new Set([0, 1, 2].flatMap((turn) => keys(alertPage(many, turn, 3))))
    expect(seen.size).toBe(5)
  })
})
