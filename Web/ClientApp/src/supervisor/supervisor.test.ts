import { expect, it } from 'vitest'
import { communityLines, totalsOf, type CommunitySummary, type Standing } from './community'
import { barsOf, dayBars, told } from './figures'
import { interactionsOf } from './interaction'
import { listedMatters, matterOf, openMatters, toneOf } from './matter'
import { faultOf, periodOf } from './period'
import { bureauDay, dayBegins, spanOf } from './span'

const community = (id: string) => ({ id, name: id, stationId: 's', centre: { lat: 0, lon: 0 } })
const summary = (id: string, more: Partial<CommunitySummary> = {}): CommunitySummary => ({
  communityId: id, stationId: 's', interactionsToday: {}, participantsToday: 0, lastInteractionAt: null, open: {}, overdue: {}, ...more,
})
const standing = (state: 'ok' | 'due' | 'overdue', lastContactAt: string | null = null): Standing => ({ cover: 'fullPair', contact: { state }, lastContactAt })

it('puts the worst clock first and lets nothing that was closed or happens often move a line', () => {
  const summaries = new Map([
    ['a', summary('a', { interactionsToday: { visit: 99 }, open: { concern: 9 } })],
    ['b', summary('b')],
    ['c', summary('c', { overdue: { concern: 1 } })],
    ['d', summary('d', { overdue: { concern: 1, dispute: 2 } })],
  ])
  const lines = communityLines(['a', 'b', 'c', 'd'].map(community), summaries, new Map([['b', standing('overdue')], ['a', standing('ok')]]))
  expect(lines.map((x) => x.community.id)).toEqual(['d', 'c', 'b', 'a'])
  expect(totalsOf(lines)).toEqual({ interactions: 99, concerns: 9, disputes: 0, overdue: 4 })
})

it('takes a contact that the board does not know yet for the answer to its clock', () => {
  const board = new Map([['a', standing('overdue', '2026-03-01T00:00:00Z')]])
  const [older] = communityLines([community('a')], new Map(), board)
  expect(older).toMatchObject({ contact: 'overdue', lastContactAt: Date.parse('2026-03-01T00:00:00Z') })
  const live = new Map([['a', summary('a', { lastInteractionAt: '2026-03-09T00:00:00Z' })]])
  expect(communityLines([community('a')], live, board)[0]).toMatchObject({ contact: 'ok', lastContactAt: Date.parse('2026-03-09T00:00:00Z') })
})

const view = (id: string, more = {}) => ({ id, number: `N${id}`, isOpen: true, communityId: 'a', ...more })

it('lists open matters by kind and by clock, and leaves out what it does not know', () => {
  const lists = openMatters(new Map<string, unknown>([
    ['summary', {}],
    ['complaint/x', view('x')],
    ['concern/1', view('1', { status: 'raised', title: 'late', raisedAt: '2026-03-01T00:00:00Z', dueAt: '2026-03-05T00:00:00Z', category: 'noise' })],
    ['concern/2', view('2', { status: 'taken', title: 'soon', raisedAt: '2026-03-02T00:00:00Z', dueAt: '2026-03-03T00:00:00Z', escalatedAt: '2026-03-02T00:00:00Z' })],
    ['concern/3', view('3', { status: 'answered', title: 'answered', raisedAt: '2026-02-01T00:00:00Z', dueAt: null })],
    ['concern/4', view('4', { isOpen: false })],
    ['dispute/5', view('5', { status: 'open', title: '', openedAt: '2026-03-01T00:00:00Z', grade: 'red', tier: 'pair', clock: 'mediationSession', kind: 'debt', reopened: 1, repeatOf: 'y' })],
    ['problem/6', view('6', { stage: 'analysis', title: 'p', openedAt: '2026-03-01T00:00:00Z' })],
  ]))
  expect(lists.get('concern')?.map((x) => x.id)).toEqual(['2', '1', '3'])
  expect(lists.get('concern')?.[0]?.marks).toEqual(['escalated'])
  expect(lists.get('dispute')?.[0]).toMatchObject({ title: '', grade: 'red', clock: 'mediationSession', category: 'debt', marks: ['reopened', 'repeat'] })
  expect(lists.get('problem')?.[0]).toMatchObject({ status: 'analysis', clock: 'measure' })
  expect(listedMatters([{ kind: 'tip', view: view('7') }, { kind: 'whistle', view: view('8', { purpose: 'road' }) }]).map((x) => x.title)).toEqual(['road'])
  expect(matterOf('meeting', view('9')).clock).toBe('none')
})

it('says of a clock whether it runs, is about to be over, or is over', () => {
  const now = Date.parse('2026-03-01T00:00:00Z')
  expect([null, now, now + 3_600_000, now + 3 * 86_400_000].map((due) => toneOf(due, now))).toEqual(['none', 'overdue', 'soon', 'running'])
  expect(spanOf(-(26 * 3_600_000))).toEqual({ key: 'days', d: 1, h: 2, m: 0 })
  expect(spanOf(59_999)).toEqual({ key: 'minutes', d: 0, h: 0, m: 0 })
})

it('shows interactions newest first by when they were, not by when they came', () => {
  const entries = new Map<string, unknown>([
    ['interaction/a', { id: 'a', at: '2026-03-01T08:00:00+08:00' }], ['concern/x', {}], ['interaction/b', { id: 'b', at: '2026-03-01T01:00:00Z' }],
  ])
  expect(interactionsOf(entries).map((x) => x.id)).toEqual(['b', 'a'])
})

it('counts days at UTC+8 whatever the clock of the client', () => {
  const evening = Date.parse('2026-02-28T16:30:00Z')
  expect(bureauDay(evening)).toBe('2026-03-01')
  expect(dayBegins('2026-03-01')).toBe('2026-02-28T16:00:00.000Z')
  expect(periodOf('week', evening)).toEqual({ from: '2026-02-23', to: '2026-03-01' })
  expect(periodOf('today', evening)).toEqual({ from: '2026-03-01', to: '2026-03-01' })
  expect(periodOf('month', evening)).toEqual({ from: '2026-03-01', to: '2026-03-01' })
  expect([{ from: '', to: '2026-03-01' }, { from: '2026-03-02', to: '2026-03-01' }, { from: '2025-02-27', to: '2026-03-01' }, { from: '2026-03-01', to: '2026-03-01' }].map((x) => faultOf(x, 366)))
    .toEqual(['missing', 'order', 'tooLong', null])
})

it('never makes a number of a count that is not told', () => {
  expect(barsOf({ b: null, a: 7, z: 0 }, (x) => x.toUpperCase(), ['a', 'b'])).toEqual([{ name: 'A', value: 7 }, { name: 'B', value: null }, { name: 'Z', value: 0 }])
  expect([told(null, 'en'), told(0, 'en'), told(1234, 'en')]).toEqual(['*', '0', '1,234'])
  const interactions = { total: 3, participants: 0, minutes: 0, byKind: {}, byDay: [{ day: '2026-03-02', count: 3 }] }
  expect(dayBars({ from: '2026-03-01', to: '2026-03-03', interactions }).map((x) => x.value)).toEqual([0, 3, 0])
})
