import { describe, expect, it } from 'vitest'
import type { Cursor, FeedChange, FeedMessage } from './feedMessage'
import { emptyFeed, reduceFeed, type FeedState } from './feedReducer'

function message(from: number, to: number, changes: Record<string, unknown>, more: Partial<FeedMessage> = {}): FeedMessage {
  const list = Object.entries(changes).map(([key, value]) => ({ key, value }))
  return { feed: 'station/1', epoch: 'a', from, to, snapshot: false, changes: list, ...more }
}

function applied(state: FeedState, next: FeedMessage): FeedState {
  const result = reduceFeed(state, next)
  if (result.kind !== 'applied') throw new Error(`expected ${next.from}→${next.to} to be applied`)
  return result.state
}

const atFive = applied(emptyFeed, message(0, 5, { 'pair/1': 'free', 'pair/2': 'busy' }, { snapshot: true }))

describe('reduceFeed', () => {
  it('takes the first snapshot as it is', () => {
    expect(atFive.cursor).toEqual({ epoch: 'a', seq: 5 })
    expect([...atFive.entries]).toEqual([['pair/1', 'free'], ['pair/2', 'busy']])
  })

  it('asks for everything when a change comes before any snapshot', () => {
    expect(reduceFeed(emptyFeed, message(0, 1, { 'pair/1': 'free' }))).toEqual({ kind: 'resubscribe', cursor: null })
  })

  it('applies a continuing message and leaves the earlier state untouched', () => {
    const next = applied(atFive, message(5, 7, { 'pair/1': 'busy', 'pair/2': null, 'pair/3': 'free' }))
    expect(next.cursor).toEqual({ epoch: 'a', seq: 7 })
    expect([...next.entries]).toEqual([['pair/1', 'busy'], ['pair/3', 'free']])
    expect(atFive.entries.get('pair/1')).toBe('free')
  })

  it('asks again from its own cursor after a dropped message', () => {
    expect(reduceFeed(atFive, message(6, 7, { 'pair/1': 'busy' }))).toEqual({ kind: 'resubscribe', cursor: { epoch: 'a', seq: 5 } })
  })

  it('does not apply a repeated message twice', () => {
    const change = message(5, 6, { 'pair/1': 'busy' })
    const next = applied(atFive, change)
    expect(reduceFeed(next, change)).toEqual({ kind: 'resubscribe', cursor: { epoch: 'a', seq: 6 } })
  })

  it('does not apply reordered messages in the wrong order', () => {
    const [sixth, seventh] = [message(5, 6, { 'pair/1': 'first' }), message(6, 7, { 'pair/1': 'second' })]
    expect(reduceFeed(atFive, seventh).kind).toBe('resubscribe')
    expect(applied(applied(atFive, sixth), seventh).entries.get('pair/1')).toBe('second')
  })

  it('does not mix epochs, even where the numbers fit', () => {
    expect(reduceFeed(atFive, message(5, 6, { 'pair/1': 'busy' }, { epoch: 'b' }))).toEqual({
      kind: 'resubscribe',
      cursor: { epoch: 'a', seq: 5 },
    })
  })

  it('lets a snapshot of a new epoch replace everything, with a lower number too', () => {
    const next = applied(atFive, message(0, 1, { 'pair/9': 'free' }, { epoch: 'b', snapshot: true }))
    expect(next.cursor).toEqual({ epoch: 'b', seq: 1 })
    expect([...next.entries.keys()]).toEqual(['pair/9'])
  })

  it('does not go backwards with a late snapshot of its own epoch', () => {
    expect(reduceFeed(atFive, message(0, 4, {}, { snapshot: true })).kind).toBe('resubscribe')
    expect(applied(atFive, message(0, 5, { 'pair/1': 'free' }, { snapshot: true })).entries.size).toBe(1)
  })

  it('moves its cursor with an empty message', () => {
    expect(applied(atFive, message(5, 8, {})).cursor).toEqual({ epoch: 'a', seq: 8 })
  })

  it('refuses a message that runs backwards', () => {
    expect(reduceFeed(atFive, message(5, 3, { 'pair/1': 'old' })).kind).toBe('resubscribe')
  })
})

/** The server's side of the contract in a few lines: newest value per key, everything since a cursor. */
class Feed {
  epoch = 'e0'
  seq = 0
  private keys = new Map<string, { value: unknown; seq: number }>()

  set(key: string, value: unknown): void {
    this.keys.set(key, { value, seq: ++this.seq })
  }

  restart(): void {
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`
    this.seq = 0
    for (const [key, entry] of [...this.keys]) this.set(key, entry.value)
  }

  since(cursor: Cursor | null): FeedMessage {
    const snapshot = cursor === null || cursor.epoch !== this.epoch
    const from = snapshot ? 0 : cursor.seq
    const changes: FeedChange[] = [...this.keys]
      .filter(([, entry]) => entry.seq > from && !(snapshot && entry.value === null))
      .map(([key, entry]) => ({ key, value: entry.value }))
    return { feed: 'station/1', epoch: this.epoch, from, to: this.seq, snapshot, changes }
  }

  get live(): [string, unknown][] {
    return [...this.keys].filter(([, entry]) => entry.value !== null).map(([key, entry]): [string, unknown] => [key, entry.value])
  }
}

/** A repeatable source of chance (mulberry32), so that a failing run can be run again. */
function chance(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

describe('reduceFeed over a bad line', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('ends equal to the feed and never goes backwards (seed %i)', (seed) => {
    const random = chance(seed)
    const feed = new Feed()
    const line: FeedMessage[] = [feed.since(null)]
    let state = emptyFeed
    let serverCursor: Cursor = { epoch: feed.epoch, seq: feed.seq }

    for (let step = 0; step < 400; step++) {
      const key = `pair/${Math.floor(random() * 8)}`
      feed.set(key, random() < 0.2 ? null : step)
      if (random() < 0.01) feed.restart()
      if (random() < 0.6) {
        line.push(feed.since(serverCursor))
        serverCursor = { epoch: feed.epoch, seq: feed.seq }
      }
      if (random() < 0.1) line.shift()
      if (random() < 0.1 && line[0]) line.push(line[0])
      if (random() < 0.1) line.reverse()

      const next = line.shift()
      if (!next) continue
      const before = state
      const result = reduceFeed(state, next)
      if (result.kind === 'applied') {
        state = result.state
        if (before.cursor?.epoch === state.cursor?.epoch) {
          expect(state.cursor!.seq).toBeGreaterThanOrEqual(before.cursor?.seq ?? 0)
        }
      } else {
        line.push(feed.since(result.cursor))
        serverCursor = { epoch: feed.epoch, seq: feed.seq }
      }
    }

    for (let tries = 0; tries < 3; tries++) {
      const result = reduceFeed(state, feed.since(state.cursor))
      if (result.kind === 'applied') state = result.state
    }
    expect(new Map(state.entries)).toEqual(new Map(feed.live))
  })
})
