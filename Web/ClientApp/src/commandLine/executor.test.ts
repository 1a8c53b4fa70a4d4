import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sendCommand } from '../api/command'
import type { Command } from './command'
import { Executor, isUndone, type Entry } from './executor'
import { parse } from './parse'
import { requestOf } from './request'
import { incident, known, offer, part, vocabulary } from './testing/vocabulary'
import { beforeOf, opposites, undoOf, type Undo } from './undo'
import { looksOnly, verbs } from './verbs'
import { vocabularyOf, type Vocabulary } from './vocabulary'

const wording = { withdrawn: 'withdrawn', takenBack: 'taken back' }

interface Sent {
  readonly path: string
  readonly body: unknown
  readonly id: string | null
}

let sent: Sent[] = []
let answers: (() => Response | Promise<Response>)[] = []

const ok = (body: unknown = {}) => () => Response.json(body)
const refused = (code: string) => () => Response.json({ code, detail: code }, { status: 409 })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  sent = []
  answers = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    sent.push({ path, body: JSON.parse(String(init.body)), id: new Headers(init.headers).get('Idempotency-Key') })
    return Promise.resolve((answers.shift() ?? ok())())
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function commandOf(text: string, words: Vocabulary = vocabulary): Command {
  const { command, problem } = parse(text, words)
  if (!command) throw new Error(`${text}: ${problem?.code}`)
  return command
}

async function settled(executor: Executor, key: number): Promise<Entry> {
  for (let i = 0; i < 200 && executor.find(key)?.state === 'pending'; i++) await vi.advanceTimersByTimeAsync(500)
  const entry = executor.find(key)
  if (!entry) throw new Error('The entry is gone.')
  return entry
}

async function run(text: string, executor = new Executor(() => {}), words = vocabulary): Promise<Entry> {
  const command = commandOf(text, words)
  const request = requestOf(command, words, wording)
  const { key } = executor.run({ line: text, command, names: words, before: beforeOf(command, words) }, request ? [request] : [])
  return settled(executor, key)
}

describe('what goes out', () => {
  const offers = '/api/v1/incidents/i15/offers'
  const calls: [string, string, object][] = [
    ['offer 15 A12 A123 +90 +preempt nearest', offers, { pairIds: ['sf-12', 'sf-123'], mode: 'offer', reason: 'nearest', expiresInSeconds: 90, preempt: true }],
    ['auto 15', offers, { auto: true, mode: 'offer' }],
    ['assign 15 A12 +single no other is near', offers, { pairIds: ['sf-12'], mode: 'assign', reason: 'no other is near', overrideReason: 'no other is near' }],
    ['stack 15 A12 next', offers, { pairIds: ['sf-12'], mode: 'stack', reason: 'next' }],
    ['reserve 15 A12 event', offers, { pairIds: ['sf-12'], mode: 'reserve', reason: 'event' }],
    ['resume 7', '/api/v1/incidents/j7/resume', {}],
    ['resume 7 A12', '/api/v1/incidents/j7/offers', { pairIds: ['sf-12'], mode: 'offer' }],
    ['withdraw 牡丹2', '/api/v1/offers/i14-o1/withdraw', { reason: 'withdrawn' }],
    ['accept 牡丹2', '/api/v1/offers/i14-o1/accept', {}],
    ['decline 牡丹2 busy at the school', '/api/v1/offers/i14-o1/decline', { reason: 'busy', note: 'at the school' }],
    ['recall 牡丹3 not needed', '/api/v1/incidents/i15/assignments/mudan-03/cancel', { reason: 'not needed' }],
    ['handover 牡丹3 A12 shift ends', '/api/v1/incidents/i15/assignments/mudan-03/handover', { toPairId: 'sf-12', reason: 'shift ends' }],
    ['handoverall 牡丹3 A12 shift ends', '/api/v1/pairs/mudan-03/handover', { toPairId: 'sf-12', reason: 'shift ends' }],
    ['onscene 牡丹3 at the gate', '/api/v1/incidents/i15/assignments/mudan-03/status', { status: 'onScene', note: 'at the gate' }],
    ['backup 15 2 +auto crowd', '/api/v1/incidents/i15/backup', { pairs: 2, reason: 'crowd', auto: true }],
    ['note . found', '/api/v1/incidents/i15/notes', { text: 'found' }],
    ['priority 15 1 armed', '/api/v1/incidents/i15/reclassify', { priority: 1, reason: 'armed' }],
    ['改类 刑事 有伤者', '/api/v1/incidents/i15/reclassify', { category: 'criminal', reason: '有伤者' }],
    ['hold 15', '/api/v1/incidents/i15/hold', {}],
    ['cancel 15 by mistake', '/api/v1/incidents/i15/cancel', { reason: 'by mistake' }],
    ['close 15 referred to the street', '/api/v1/incidents/i15/close', { disposition: 'referred', note: 'to the street' }],
    ['reopen 9', '/api/v1/incidents/m9/reopen', {}],
    ['transfer 15 曹县 theirs', '/api/v1/incidents/i15/transfer', { stationId: 'caoxian', reason: 'theirs' }],
    ['divert 15 12345 street light', '/api/v1/incidents/i15/divert', { to: '12345', reason: 'street light' }],
    ['merge 15 7 same', '/api/v1/incidents/i15/merge', { intoId: 'j7', reason: 'same' }],
    ['unmerge 8', '/api/v1/incidents/m8/merge/undo', {}],
    ['link 15 7', '/api/v1/incidents/i15/links', { otherId: 'j7' }],
    ['unlink 15 7', '/api/v1/incidents/i15/links/remove', { otherId: 'j7' }],
    ['signon 牡丹10', '/api/v1/pairs/mudan-10/sign-on', { officerIds: ['mudan-10-a', 'mudan-10-b'] }],
    ['signoff 牡丹1 +after', '/api/v1/pairs/mudan-01/sign-off', { afterWork: true }],
    ['activity 牡丹1 meal', '/api/v1/pairs/mudan-01/activity', { activity: 'meal' }],
    ['leave 牡丹1 green ill', '/api/v1/pairs/mudan-01/members/leave', { officerId: 'mudan-01-a', reason: 'ill' }],
    ['return 牡丹1 red', '/api/v1/pairs/mudan-01/members/return', { officerId: 'mudan-01-b' }],
    ['panic 牡丹1 called by radio', '/api/v1/pairs/mudan-01/panic', { note: 'called by radio' }],
    ['free 牡丹3 phone lost', '/api/v1/pairs/mudan-03/free', { reason: 'phone lost' }],
  ]
  it.each(calls)('%s', async (text, path, body) => {
    const entry = await run(text)
    expect(entry.state).toBe('done')
    expect(sent).toEqual([{ path, body, id: entry.sendings[0]?.commandId }])
    expect(sent[0]?.id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is tried above for every command but those that only look', () => {
    expect(new Set([...calls.map(([text]) => commandOf(text).kind), ...looksOnly])).toEqual(new Set(verbs.map(({ kind }) => kind)))
  })
})

describe('what becomes of a command', () => {
  it('is refused in the server’s words, and sent again under its own id', async () => {
    answers = [refused('assignmentsNotCleared'), ok()]
    const executor = new Executor(() => {})
    const entry = await run('close 15 referred', executor)
    expect(entry).toMatchObject({ state: 'refused', error: { code: 'assignmentsNotCleared' } })
    executor.again(entry.key)
    expect((await settled(executor, entry.key)).state).toBe('done')
    expect(sent.map(({ id }) => id)).toEqual([entry.sendings[0]?.commandId, entry.sendings[0]?.commandId])
  })

  it('is unknown where nobody answers, and every try had the same id', async () => {
    answers = Array.from({ length: 100 }, () => () => Promise.reject(new TypeError('no line')))
    const executor = new Executor(() => {})
    const entry = await run('note 15 found', executor)
    expect(entry.state).toBe('unknown')
    answers = [ok()]
    executor.again(entry.key)
    expect((await settled(executor, entry.key)).state).toBe('done')
    expect(new Set(sent.map(({ id }) => id))).toEqual(new Set([entry.sendings[0]?.commandId]))
  })

  it('has an id of its own each time it is given', async () => {
    const executor = new Executor(() => {})
    await run('note 15 found', executor)
    await run('note 15 found', executor)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2)
  })

  it('sends only what has no answer yet once more', async () => {
    answers = [ok(), refused('offerNotPending'), ok()]
    const executor = new Executor(() => {}, sendCommand)
    const { key } = executor.run({ line: 'x', command: { kind: 'undo' }, names: vocabulary }, [{ path: '/a', body: {} }, { path: '/b', body: {} }])
    expect((await settled(executor, key)).state).toBe('refused')
    executor.again(key)
    await settled(executor, key)
    expect(sent.map(({ path }) => path)).toEqual(['/api/v1/a', '/api/v1/b', '/api/v1/b'])
  })
})

describe('undo', () => {
  async function undone(text: string, answer: unknown = {}, words = vocabulary, then = words): Promise<Undo> {
    answers = [ok(answer)]
    const { command, before, sendings } = await run(text, undefined, words)
    return undoOf({ command, before, answer: sendings[0]?.answer }, then, wording)
  }

  it.each<[string, boolean, string, object]>([
    ['merge 15 7', false, '/incidents/i15/merge/undo', { reason: 'taken back' }],
    ['link 15 7', false, '/incidents/i15/links/remove', { otherId: 'j7' }],
    ['unlink 15 7', false, '/incidents/i15/links', { otherId: 'j7' }],
    ['priority 15 1 armed', false, '/incidents/i15/reclassify', { priority: 2, reason: 'taken back' }],
    ['category 15 criminal armed', false, '/incidents/i15/reclassify', { category: 'dispute', reason: 'taken back' }],
    ['hold 15', false, '/incidents/i15/resume', {}],
    ['resume 7', false, '/incidents/j7/hold', { reason: 'taken back' }],
    ['cancel 15', true, '/incidents/i15/reopen', { reason: 'taken back' }],
    ['close 15 referred', true, '/incidents/i15/reopen', { reason: 'taken back' }],
    ['divert 15 12345 light', true, '/incidents/i15/reopen', { reason: 'taken back' }],
    ['transfer 15 曹县 theirs', true, '/incidents/i15/transfer', { stationId: 'mudan', reason: 'taken back' }],
    ['stack 15 牡丹1 next', false, '/incidents/i15/assignments/mudan-01/cancel', { reason: 'taken back' }],
    ['activity 牡丹1 meal', false, '/pairs/mudan-01/activity', { activity: 'available' }],
    ['signon 牡丹10', false, '/pairs/mudan-10/sign-off', {}],
    ['leave 牡丹1 red ill', false, '/pairs/mudan-01/members/return', { officerId: 'mudan-01-b' }],
  ])('%s', async (text, asks, path, body) => {
    expect(await undone(text)).toMatchObject({ possible: true, asks, requests: [{ path, body }] })
  })

  function withIncident(more: Parameters<typeof incident>[2]): Vocabulary {
    return vocabularyOf({ ...known, incidents: [...known.incidents.filter(({ id }) => id !== 'i15'), incident('i15', 'mudan-261125-0015', more)] })
  }

  it('withdraws an offer that nobody answered, also before the feed tells of it', async () => {
    const answer = { offers: [offer('o1', 'sf-12')] }
    const withdrawing = { possible: true, says: 'offer', asks: false, requests: [{ path: '/offers/o1/withdraw', body: { reason: 'taken back' } }] }
    expect(await undone('offer 15 A12', answer)).toMatchObject(withdrawing)
    expect(await undone('offer 15 A12', answer, vocabulary, withIncident({ offers: [offer('o1', 'sf-12')] }))).toMatchObject(withdrawing)
  })

  it('asks before it calls a pair off that accepted', async () => {
    const then = withIncident({ offers: [offer('o1', 'sf-12', 'accepted'), offer('o2', 'sf-123')], assignments: [part('sf-12', 'enRoute')] })
    expect(await undone('offer 15 A12 A123', { offers: [offer('o1', 'sf-12'), offer('o2', 'sf-123')] }, vocabulary, then)).toMatchObject({
      possible: true, says: 'offerTaken', asks: true, taken: ['sf-12'],
      requests: [{ path: '/offers/o2/withdraw' }, { path: '/incidents/i15/assignments/sf-12/cancel' }],
    })
  })

  it('says so where nothing is left of it', async () => {
    const then = withIncident({ offers: [offer('o1', 'sf-12', 'expired')], assignments: [part('sf-12', 'cancelled')] })
    expect(await undone('offer 15 A12', { offers: [offer('o1', 'sf-12')] }, vocabulary, then)).toEqual({ possible: false, why: 'gone' })
    expect(await undone('assign 15 A12 near', {}, vocabulary, then)).toEqual({ possible: false, why: 'gone' })
  })

  it.each(['note 15 x', 'auto 15', 'status 牡丹3 reported', 'backup 15 1 x', 'reopen 9', 'unmerge 8', 'panic 牡丹1', 'free 牡丹3 x', 'recall 牡丹3 x', 'decline 牡丹2 busy'])('has none for %s', async (text) => {
    expect(await undone(text)).toEqual({ possible: false, why: 'none' })
    expect(opposites[commandOf(text).kind]).toBeUndefined()
  })

  it('counts once it was sent, and no more where it was refused', async () => {
    const executor = new Executor(() => {})
    const entry = await run('link 15 7', executor)
    answers = [refused('forbidden')]
    const undoing = executor.run({ line: 'undo', command: entry.command, names: vocabulary, undoes: entry.key }, [{ path: '/x', body: {} }])
    expect(isUndone(entry, executor.entries), 'while it is under way').toBe(true)
    await settled(executor, undoing.key)
    expect(isUndone(entry, executor.entries)).toBe(false)
  })
})
