import { describe, expect, it } from 'vitest'
import { communityAt } from './communityAt'
import { alertsOf, nextAlertId } from './deskAlert'
import { livePartsOf, nextStep, type DeskAssignment, type DeskIncident } from './deskIncident'
import { cursorAfter, everything, moved, queueOf } from './deskQueue'
import { DraftStore, draftKeptMs, type DraftShelf } from './draftStore'
import { mayDo, missingWords, noWords, requestOf, undoOf } from './incidentAction'
import { changed, emptyCall, isEmptyCall, missingIn, openingOf, readyToSend } from './intakeDraft'
import { intentOf, keyOf, letters } from './keyMap'
import { looksProtected } from './protectedText'
import { readReason } from './reasonCode'
import { differs, settle } from './recommendationOrder'
import { clocksOf } from './responseClocks'
import { linesOf, tellingOf, type TimelineEntry } from './timelineEntry'

function incident(more: Partial<DeskIncident> = {}): DeskIncident {
  return {
    id: 'i1', number: 'north-001', status: 'new', category: 'dispute', priority: 2, location: null, communityId: 'c1', stationId: 's1', pairsNeeded: 1,
    openedAt: '2026-03-01T08:00:00Z', closedAt: null, version: 1, dispatchDueAt: '2026-03-01T08:05:00Z', alerts: [], offers: [], assignments: [], summary: '',
    skills: [], disposition: null, escalation: null, links: null, merged: null, mergedInto: null, divertedTo: null, transferredFrom: null, panicPairId: null, ...more,
  }
}

function part(more: Partial<DeskAssignment> = {}): DeskAssignment {
  return {
    pairId: 'p1', status: 'committed', offerId: 'o1', offeredAt: '2026-03-01T08:01:00Z', acceptedAt: '2026-03-01T08:02:00Z', enRouteAt: null, onSceneAt: null,
    reportedAt: null, clearedAt: null, committedAt: '2026-03-01T08:02:00Z', endedAt: null, endReason: null, ...more,
  }
}

describe('the queue', () => {
  const words = ({ number, summary }: DeskIncident) => `${number} ${summary}`
  const ids = (list: readonly DeskIncident[]) => list.map(({ id }) => id)

  it('has whoever waits first, by priority and then by whose clock runs out', () => {
    const list = [
      incident({ id: 'underway', status: 'onScene', priority: 1 }),
      incident({ id: 'danger', status: 'enRoute', priority: 1, openedAt: '2026-03-01T09:00:00Z', alerts: ['panic'] }),
      incident({ id: 'later', dispatchDueAt: '2026-03-01T08:09:00Z', openedAt: '2026-03-01T07:00:00Z' }),
      incident({ id: 'sooner', dispatchDueAt: '2026-03-01T08:04:00Z' }),
      incident({ id: 'urgent', priority: 1, dispatchDueAt: '2026-03-01T09:00:00Z' }),
      incident({ id: 'planned', scheduledFor: '2026-03-02T08:00:00Z', priority: 1 }),
      incident({ id: 'ended', status: 'closed', priority: 1 }),
    ]
    expect(ids(queueOf(list, everything, words))).toEqual(['urgent', 'sooner', 'later', 'danger', 'underway', 'planned', 'ended'])
  })

  it('leaves out what is not asked for', () => {
    const list = [
      incident({ id: 'a', stationId: 's2', alerts: ['panic'] }), incident({ id: 'b', priority: 4 }), incident({ id: 'c', summary: '楼上漏水 Leak' }),
    ]
    expect(ids(queueOf(list, { ...everything, stationId: 's2' }, words))).toEqual(['a'])
    expect(ids(queueOf(list, { ...everything, state: 'alerts' }, words))).toEqual(['a'])
    expect(ids(queueOf(list, { ...everything, priorities: [4] }, words))).toEqual(['b'])
    expect(ids(queueOf(list, { ...everything, text: ' leak  north ' }, words)), 'every word, in any case').toEqual(['c'])
  })

  it('keeps the cursor on its row, and on its place where the row went', () => {
    expect(cursorAfter(['a', 'b', 'c'], ['c', 'b', 'a'], 'a')).toBe('a')
    expect(cursorAfter(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c')
    expect(cursorAfter(['a'], [], 'a')).toBeNull()
    expect(cursorAfter([], ['x', 'y'], null)).toBe('x')
  })

  it('moves step by step and stops at its ends', () => {
    expect(moved(['a', 'b'], null, 1)).toBe('a')
    expect(moved(['a', 'b'], 'a', 1)).toBe('b')
    expect(moved(['a', 'b'], 'b', 1)).toBe('b')
    expect(moved([], 'b', 1)).toBeNull()
  })
})

describe('the alerts', () => {
  const now = Date.parse('2026-03-01T08:03:00Z')
  const list = [
    incident({ id: 'none' }),
    incident({ id: 'asked', status: 'onScene', alerts: ['backupRequested'] }),
    incident({ id: 'late', dispatchDueAt: '2026-03-01T08:02:00Z' }),
    incident({ id: 'danger', status: 'enRoute', alerts: ['panic', 'noPairAvailable'] }),
    incident({ id: 'over', status: 'closed', alerts: ['panic'] }),
  ]

  it('name danger first, then what is overdue, and nothing that has ended', () => {
    expect(alertsOf(list, now).map(({ key }) => key)).toEqual(['danger/panic', 'late/overdue', 'asked/backupRequested', 'danger/noPairAvailable'])
  })

  it('are gone through one after the other', () => {
    const alerts = alertsOf(list, now)
    expect(nextAlertId(alerts, null)).toBe('danger')
    expect(nextAlertId(alerts, 'danger')).toBe('late')
    expect(nextAlertId(alerts, 'asked')).toBe('danger')
    expect(nextAlertId([], 'asked')).toBeNull()
  })
})

describe('the keys', () => {
  const pressed = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })
  const free = { typing: false, lettersOn: true }

  it('mean nothing while somebody types, but for the ways out', () => {
    expect(intentOf(pressed('n'), free)).toBe('newCall')
    expect(intentOf(pressed('N'), free)).toBe('newCall')
    expect(intentOf(pressed('n'), { typing: true, lettersOn: true })).toBeNull()
    expect(intentOf(pressed('Escape'), { typing: true, lettersOn: true })).toBe('escape')
    expect(intentOf(pressed('k', { ctrlKey: true }), { typing: true, lettersOn: true })).toBe('commandLine')
    expect(intentOf(pressed('c', { ctrlKey: true }), free), 'copying closes no incident').toBeNull()
    expect(intentOf(pressed('n'), { typing: false, lettersOn: false })).toBeNull()
    expect(intentOf(pressed('n', { isComposing: true }), free), 'an input method is at work').toBeNull()
  })

  it('have each a letter of their own', () => {
    expect(new Set(Object.values(letters)).size).toBe(Object.keys(letters).length)
    expect(keyOf('offer')).toBe('O')
  })
})

describe('drafts', () => {
  function shelf(): DraftShelf & { readonly held: Map<string, string> } {
    const held = new Map<string, string>()
    return { held, getItem: (k) => held.get(k) ?? null, setItem: (k, v) => void held.set(k, v), removeItem: (k) => void held.delete(k) }
  }

  it('survive, each for whoever wrote it, and not for ever', () => {
    const kept = shelf()
    let now = 1_000
    let user = 'u1'
    const store = new DraftStore<string>('note', kept, () => user, () => now)
    store.save('i1', '写到一半')
    expect(new DraftStore<string>('note', kept, () => user, () => now).load('i1')).toBe('写到一半')
    expect(store.load('i2')).toBeNull()
    user = 'u2'
    expect(store.load('i1'), 'somebody else at the same desk').toBeNull()
    user = 'u1'
    now += draftKeptMs + 1
    expect(store.load('i1')).toBeNull()
    expect(kept.held.size).toBe(0)
  })

  it('that nobody can read are none', () => {
    const kept = shelf()
    kept.setItem('dispatch.draft.note.u1.i1', '{')
    expect(new DraftStore('note', kept, () => 'u1').load('i1')).toBeNull()
  })
})

describe('a call', () => {
  const call = { ...emptyCall, category: 'dispute', priority: 2 as const, place: { label: '东城', location: { lat: 1, lon: 2 }, communityId: 'c1' }, summary: ' 争吵 ' }

  it('says what is missing, in the order of the form', () => {
    expect(missingIn(emptyCall)).toEqual(['category', 'priority', 'place', 'summary'])
    expect(missingIn(call)).toEqual([])
    expect(isEmptyCall({ ...emptyCall, priority: 3 })).toBe(true)
    expect(isEmptyCall(call)).toBe(false)
  })

  it('sends only what was said', () => {
    expect(openingOf(call)).toEqual({ category: 'dispute', priority: 2, location: { lat: 1, lon: 2 }, communityId: 'c1', summary: '争吵', pairsNeeded: 1 })
    expect(openingOf({ ...call, callerPhone: '123', address: 'x' })).toMatchObject({ caller: { phone: '123' }, address: 'x' })
  })

  it('keeps its command id until it is changed', () => {
    const sent = readyToSend(call)
    expect(readyToSend(sent).commandId).toBe(sent.commandId)
    expect(changed(sent, { summary: '又争吵' }).commandId).toBeNull()
  })
})

describe('actions', () => {
  it('are offered where they make sense', () => {
    expect(mayDo('offer', incident())).toBe(true)
    expect(mayDo('reserve', incident())).toBe(false)
    expect(mayDo('reserve', incident({ scheduledFor: '2026-03-02T08:00:00Z' }))).toBe(true)
    expect(mayDo('callOff', incident())).toBe(false)
    expect(mayDo('reopen', incident({ status: 'closed' }))).toBe(true)
    expect(mayDo('close', incident({ status: 'closed' }))).toBe(false)
  })

  it('say what they lack', () => {
    expect(missingWords('assign', noWords)).toEqual(['pairIds', 'reason'])
    expect(missingWords('assign', { ...noWords, pairIds: ['p1'], reason: '  ' })).toEqual(['reason'])
    expect(missingWords('hold', noWords)).toEqual([])
    expect(missingWords('backup', { ...noWords, pairs: 0, reason: 'x' })).toEqual(['pairs'])
  })

  it('become commands', () => {
    const words = { ...noWords, pairIds: ['p1'], reason: ' 就近 ', otherId: 'i2' }
    expect(requestOf('assign', incident(), words)).toEqual({ path: '/incidents/i1/offers', body: { pairIds: ['p1'], mode: 'assign', reason: '就近' } })
    expect(requestOf('auto', incident(), words)).toEqual({ path: '/incidents/i1/offers', body: { auto: true } })
    expect(requestOf('merge', incident(), words)).toEqual({ path: '/incidents/i1/merge', body: { intoId: 'i2', reason: '就近' } })
    expect(requestOf('merge', incident({ status: 'merged' }), words).path).toBe('/incidents/i1/merge/undo')
    expect(undoOf('link', incident(), words)).toEqual({ path: '/incidents/i1/links/remove', body: { otherId: 'i2' } })
    expect(undoOf('offer', incident(), words)).toBeNull()
  })
})

describe('a recommendation', () => {
  const pair = (pairId: string, score = 1) => ({ pairId, score, distanceMetres: 1, etaSeconds: 1, reasons: [], stationId: 's1', preempts: null })

  it('does not move while somebody is about to choose', () => {
    const shown = [pair('a'), pair('b')]
    const next = [pair('b', 5), pair('c')]
    expect(settle(shown, next, false).map(({ pairId }) => pairId)).toEqual(['b', 'c'])
    expect(settle(shown, next, true)).toEqual([pair('a'), pair('b', 5)])
    expect(settle([], next, true)).toEqual(next)
    expect(differs(shown, next)).toBe(true)
    expect(differs(next, next)).toBe(false)
  })

  it('is read code by code', () => {
    expect(readReason('skillMissing:technology')).toEqual({ name: 'skillMissing', about: 'technology', weight: 'against' })
    expect(readReason('free')).toEqual({ name: 'free', about: null, weight: 'for' })
  })
})

describe('the clocks', () => {
  const at = (time: string) => Date.parse(`2026-03-01T${time}Z`)

  it('run one after the other', () => {
    const [dispatch, acknowledge, arrival, report] = clocksOf(incident({ assignments: [part()] }), at('08:06:00'))
    expect(dispatch).toMatchObject({ state: 'stopped', ms: 120_000, overdue: false })
    expect(acknowledge).toMatchObject({ state: 'stopped', ms: 60_000 })
    expect(arrival).toMatchObject({ state: 'running', ms: 240_000 })
    expect(report).toMatchObject({ state: 'ahead' })
  })

  it('are overdue from the instant the time is over, and stand once the incident has ended', () => {
    expect(clocksOf(incident(), at('08:05:01'))[0]).toMatchObject({ state: 'running', overdue: true, dueInMs: -1_000 })
    expect(clocksOf(incident({ closedAt: '2026-03-01T08:03:00Z' }), at('09:00:00'))[0]).toMatchObject({ state: 'stopped', ms: 180_000, overdue: false })
  })
})

describe('the history', () => {
  const entry = (kind: string, data: Record<string, unknown> | null, version = 1): TimelineEntry => ({ version, at: '', byId: 'u', by: 'U', kind, data })
  const parts = { offers: [{ id: 'o1', pairId: 'p1' }], assignments: [] }

  it('names the pair of an offer and what was said', () => {
    expect(tellingOf(entry('declined', { offerId: 'o1', reason: 'busy', note: '稍后' }), parts)).toEqual({
      key: 'declined', pairId: 'p1', toPairId: null, about: { kind: 'reason', value: 'busy' }, words: '稍后', doneAt: null,
    })
    expect(tellingOf(entry('progressed', { offerId: 'o1', status: 'onScene', at: '2026-03-01T08:00:00Z' }), parts)).toMatchObject({ key: 'progressed.onScene', doneAt: '2026-03-01T08:00:00Z' })
    expect(tellingOf(entry('reclassified', { priority: 1, category: 'criminal', reason: '有刀' }), parts)).toMatchObject({ about: { kind: 'class', value: '1 criminal' }, words: '有刀' })
    expect(tellingOf(entry('progressed', { offerId: 'o1', status: 'onScene' }), parts).key).toBe('progressed.onScene')
    expect(tellingOf(entry('held', { reason: '等待家属' }), parts).words).toBe('等待家属')
    expect(tellingOf(entry('noteAdded', null), parts).words, 'masked').toBeNull()
  })

  it('is newest first, and can be notes alone', () => {
    const entries = [entry('noteAdded', { text: 'x' }, 2), entry('autoOfferEnded', {}, 3), entry('offered', {}, 10)]
    expect(linesOf(entries, false).map(({ version }) => version)).toEqual([10, 2])
    expect(linesOf(entries, true).map(({ version }) => version)).toEqual([2])
  })
})

describe('small things', () => {
  it('asks about what looks like a number of somebody', () => {
    expect(looksProtected('电话 138-0000-1111')).toBe(true)
    expect(looksProtected('3 号楼 502 室')).toBe(false)
  })

  it('knows what comes next by radio', () => {
    expect(nextStep('committed')).toBe('enRoute')
    expect(nextStep('reported')).toBe('cleared')
    expect(nextStep('stacked')).toBeNull()
    expect(livePartsOf(incident({ assignments: [part({ status: 'cleared' }), part({ status: 'stacked' })] }))).toHaveLength(1)
  })

  it('finds the community of a place', () => {
    const ring = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    const hole = [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 1], [0.5, 0.5]]
    const boundaries = {
      type: 'FeatureCollection' as const,
      features: [{ type: 'Feature' as const, properties: { id: 'c1', name: '', stationId: 's1' }, geometry: { type: 'Polygon' as const, coordinates: [ring, hole] } }],
    }
    expect(communityAt(boundaries, { lat: 1.5, lon: 1.5 })).toBe('c1')
    expect(communityAt(boundaries, { lat: 0.7, lon: 0.7 })).toBeNull()
    expect(communityAt(boundaries, { lat: 3, lon: 1 })).toBeNull()
  })
})
