import { describe, expect, it } from 'vitest'
import type { Cursor, FeedMessage } from './feedMessage'
import { emptyFeed, reduceFeed, type FeedState } from './feedReducer'

/** The server's side of the contract in a few lines: newest value per key, everything since a cursor, a part at a time. */
class Feed {
  epoch = 'e0'
  seq = 0
  private readonly past = new Map<string, string>()
  private readonly keys = new Map<string, { value: unknown; seq: number }>()

  constructor() {
    this.remember()
  }

  set(key: string, value: unknown): void {
    this.keys.delete(key)
    this.keys.set(key, { value, seq: ++this.seq })
    this.remember()
  }

  restart(): void {
    const before = this.live
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`
    this.seq = 0
    this.keys.clear()
    this.remember()
    for (const [key, value] of before) this.set(key, value)
  }

  /** What a screen there is sent next, so many changes at once; null where it has everything. */
  next(cursor: Cursor | null, most: number): FeedMessage | null {
    const snapshot = cursor === null || cursor.epoch !== this.epoch
    const from = snapshot ? 0 : cursor.seq
    if (!snapshot && from === this.seq) return null
    const changes = [...this.keys].filter(([, entry]) => entry.seq > from && !(snapshot && entry.value === null))
    const part = changes.slice(0, most)
    const more = part.length < changes.length
    return {
      feed: 'station/1', epoch: this.epoch, from, to: more ? part.at(-1)![1].seq : this.seq, snapshot,
      changes: part.map(([key, { value }]) => ({ key, value })), more,
    }
  }

  get live(): [string, unknown][] {
    return [...this.keys].filter(([, entry]) => entry.value !== null).map(([key, entry]): [string, unknown] => [key, entry.value])
  }

  /** What it was at this moment of this life. */
  at(cursor: Cursor | null): string | undefined {
    return cursor ? this.past.get(`${cursor.epoch}/${cursor.seq}`) : text([])
  }

  private remember(): void {
    this.past.set(`${this.epoch}/${this.seq}`, text(this.live))
  }
}

const text = (entries: Iterable<[string, unknown]>) => JSON.stringify([...entries].sort(([a], [b]) => a.localeCompare(b)))

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

/** A feed, a screen, and a line between them that the test can spoil. */
class BadLine {
  readonly feed = new Feed()
  state: FeedState = emptyFeed
  private under: FeedMessage[] = []
  private sentTo: Cursor | null = null

  constructor(private readonly random: () => number) {}

  step(n: number): void {
    if (this.happens(0.6)) this.feed.set(`pair/${Math.floor(this.random() * 8)}`, this.happens(0.2) ? null : n)
    if (this.happens(0.02)) this.feed.restart()
    if (this.happens(0.03)) this.cut()
    while (this.happens(0.6)) this.send()
    while (this.happens(0.5)) this.deliver()
  }

  spoil(): void {
    if (this.happens(0.08)) this.under.shift()
    if (this.happens(0.08) && this.under[0]) this.under.push(this.under[0])
    if (this.happens(0.08)) this.under.reverse()
  }

  /** What is under way is lost, and the screen goes on from what it has. */
  cut(): void {
    this.under = []
    this.sentTo = this.state.cursor
  }

  send(): boolean {
    const next = this.feed.next(this.sentTo, 1 + Math.floor(this.random() * 3))
    if (!next) return false
    this.under.push(next)
    this.sentTo = { epoch: next.epoch, seq: next.to }
    return true
  }

  deliver(): void {
    const next = this.under.shift()
    if (!next) return
    const before = this.state
    const result = reduceFeed(before, next)
    if (result.kind === 'resubscribe') {
      this.sentTo = result.cursor
      return
    }
    this.state = result.state
    const { shown } = this.state
    if (shown && shown.epoch === before.shown?.epoch) expect(shown.seq).toBeGreaterThanOrEqual(before.shown.seq)
    if (next.more) expect(this.state.entries).toBe(before.entries)
  }

  expectEqual(): void {
    this.cut()
    while (this.send()) this.deliver()
    expect(text(this.state.entries)).toBe(text(this.feed.live))
    expect(this.state).toMatchObject({ shown: { epoch: this.feed.epoch, seq: this.feed.seq }, gathered: null })
  }

  private happens(share: number): boolean {
    return this.random() < share
  }
}

const seeds = Array.from({ length: 100 }, (_, seed) => seed)

describe('reduceFeed over a bad line', () => {
  it.each(seeds)('ends equal to the feed and never goes back or shows a part, whatever is lost, repeated or reordered (seed %i)', (seed) => {
    const line = new BadLine(chance(seed))
    for (let n = 0; n < 400; n++) {
      line.step(n)
      line.spoil()
    }
    line.expectEqual()
  })

  it.each(seeds)('shows at each moment what the feed once was where the line only breaks (seed %i)', (seed) => {
    const line = new BadLine(chance(seed))
    for (let n = 0; n < 400; n++) {
      line.step(n)
      expect(text(line.state.entries)).toBe(line.feed.at(line.state.shown))
    }
    line.expectEqual()
  })
})
