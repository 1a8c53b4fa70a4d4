import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { FromFeeds, ToFeeds } from './feedPort'
import type { Entries, FeedEvents, Feeds, FrameListener, Health } from './feeds'
import { RemoteFeeds, type FeedPort } from './remoteFeeds'
import { serveFeeds } from './servedFeeds'

const well: Health = { link: 'open', behind: 0, refused: 0, stale: 0, staleSince: null }

/** Feeds whose entries the test sets. */
class Source implements Feeds {
  health = well
  readonly watched = new Map<string, number>()
  readonly calls: string[] = []
  private readonly held = new Map<string, Entries>()
  private frame: FrameListener = () => {}
  private told: (health: Health) => void = () => {}

  constructor(readonly events: FeedEvents) {}
  async open(): Promise<void> {
    this.calls.push('open')
  }
  async close(): Promise<void> {
    this.calls.push('close')
  }
  watch(name: string): () => void {
    this.watched.set(name, (this.watched.get(name) ?? 0) + 1)
    return () => {
      this.watched.delete(name)
      this.held.delete(name)
    }
  }
  entries(name: string): Entries {
    return this.held.get(name) ?? new Map()
  }
  onFrame(listener: FrameListener): () => void {
    this.frame = listener
    return () => {}
  }
  onHealth(listener: (health: Health) => void): () => void {
    this.told = listener
    return () => {}
  }
  change(name: string, change: (entries: Map<string, unknown>) => void): void {
    if (!this.watched.has(name)) return
    const entries = new Map(this.entries(name))
    change(entries)
    this.held.set(name, entries)
    this.frame(new Set([name]))
  }
  become(health: Health): void {
    this.health = health
    this.told(health)
  }
}

/** A worker in this thread, whose messages cross one at a time when the test says so. */
class Beside implements FeedPort {
  onmessage: FeedPort['onmessage'] = null
  onerror: FeedPort['onerror'] = null
  source!: Source
  isOver = false
  isTerminated = false
  readonly toPage: FromFeeds[] = []
  private readonly toWorker: ToFeeds[] = []
  private readonly take = serveFeeds(
    (events) => (this.source = new Source(events)), (message, transfer) => this.toPage.push(structuredClone(message, { transfer })), () => (this.isOver = true))

  postMessage(message: ToFeeds, options?: StructuredSerializeOptions): void {
    this.toWorker.push(structuredClone(message, options))
  }
  terminate(): void {
    this.isTerminated = true
  }
  arriveAtWorker(): boolean {
    const message = this.toWorker.shift()
    if (message) this.take(message)
    return message !== undefined
  }
  arriveAtPage(): boolean {
    const message = this.toPage.shift()
    if (message) this.onmessage?.({ data: message } as MessageEvent<FromFeeds>)
    return message !== undefined
  }
  settle(): void {
    while (this.arriveAtWorker() || this.arriveAtPage());
  }
}

const plain = (entries: Entries) => Object.fromEntries(entries)
const placeAt = (n: number) => ({ lat: 35 + n / 100, lon: 115 - n / 100, at: new Date(n * 1000).toISOString(), accuracy: n % 3 ? n : null })
const told = (entries: Entries) => Object.fromEntries([...entries].map(([key, value]) => {
  const { lat, lon, at, accuracy } = value as ReturnType<typeof placeAt>
  return [key, { lat, lon, at, accuracy }]
}))

let workers: Beside[]
let feeds: RemoteFeeds
let heard: number

beforeEach(() => {
  vi.useFakeTimers()
  workers = []
  heard = 0
  feeds = new RemoteFeeds(() => {
    const worker = new Beside()
    workers.push(worker)
    return worker
  }, { onHeard: () => heard++, onUnauthorised: () => {} })
})
afterEach(() => {
  vi.useRealTimers()
})

it('shows what the worker has, whatever is watched, left and watched again while messages are on their way', () => {
  const random = (seed => () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648)(7)
  const names = ['station/1', 'station/1/positions', 'station/2', 'station/2/positions']
  const pick = () => names[Math.floor(random() * names.length)]!
  const leaves = new Map<string, () => void>()
  const worker = workers[0]!
  for (let step = 0; step < 5_000; step++) {
    const name = pick()
    const act = random()
    if (act < 0.06) {
      leaves.get(name)?.()
      if (!leaves.delete(name)) leaves.set(name, feeds.watch(name))
    } else if (act < 0.5) {
      worker.source.change(name, (entries) => {
        for (let n = 0; n < 1 + random() * 4; n++) {
          const key = `pair/${Math.floor(random() * 9)}`
          if (random() < 0.2) entries.delete(key)
          else entries.set(key, placeAt(step))
        }
      })
    } else if (act < 0.7) worker.arriveAtWorker()
    else if (act < 0.95) worker.arriveAtPage()
    else vi.advanceTimersByTime(100)
  }
  worker.settle()
  vi.advanceTimersByTime(1_000)
  worker.settle()
  expect(leaves.size).toBeGreaterThan(0)
  for (const name of leaves.keys()) expect(told(feeds.entries(name)), name).toEqual(told(worker.source.entries(name)))
})

it('makes a new map for each change and keeps what did not change', () => {
  feeds.watch('station/1')
  const worker = workers[0]!
  worker.settle()
  worker.source.change('station/1', (entries) => entries.set('a', { n: 1 }).set('b', { n: 1 }))
  worker.settle()
  const before = feeds.entries('station/1')
  worker.source.change('station/1', (entries) => entries.set('a', { n: 2 }))
  worker.settle()
  const after = feeds.entries('station/1')
  expect([plain(before), plain(after)]).toEqual([{ a: { n: 1 }, b: { n: 1 } }, { a: { n: 2 }, b: { n: 1 } }])
  expect(after.get('b')).toBe(before.get('b'))
})

it('tells of places at most four times a second, and then of the newest', () => {
  const frames: string[][] = []
  feeds.onFrame((changed) => frames.push([...changed]))
  feeds.watch('station/1/positions')
  const worker = workers[0]!
  worker.settle()
  for (let n = 0; n < 10; n++) worker.source.change('station/1/positions', (entries) => entries.set('pair/1', placeAt(n)))
  vi.advanceTimersByTime(250)
  worker.settle()
  expect(frames).toEqual([['station/1/positions']])
  expect(told(feeds.entries('station/1/positions'))).toEqual({ 'pair/1': placeAt(9) })
})

it('hands the room that places come in to and fro, and makes no new one while it is large enough', () => {
  feeds.watch('station/1/positions')
  const worker = workers[0]!
  worker.settle()
  const sizes: (number | undefined)[] = []
  const places = (count: number) => {
    worker.source.change('station/1/positions', (entries) => {
      entries.clear()
      for (let n = 0; n < count; n++) entries.set(`pair/${n}`, placeAt(count + n))
    })
    vi.advanceTimersByTime(250)
    const [message] = worker.toPage
    sizes.push(message?.kind === 'frame' ? message.room?.byteLength : undefined)
    worker.settle()
    expect(told(feeds.entries('station/1/positions'))).toEqual(told(worker.source.entries('station/1/positions')))
  }
  ;[3, 2, 1, 8, 8, 2].forEach(places)
  const ofOne = 5 * Float64Array.BYTES_PER_ELEMENT
  expect(sizes).toEqual([3, 3, 3, 8, 8, 8].map((room) => room * ofOne))
})

it('is behind until the worker has heard of what is watched', () => {
  const worker = workers[0]!
  worker.source.become(well)
  worker.settle()
  expect(feeds.health).toEqual(well)
  feeds.watch('station/1')
  expect(feeds.health.behind).toBe(1)
  worker.settle()
  expect(feeds.health).toEqual(well)
})

it('starts a worker again whose program could not be loaded, and asks it for everything', () => {
  feeds.watch('station/1')
  void feeds.open()
  workers[0]!.onerror?.({} as ErrorEvent)
  expect(workers[0]!.isTerminated).toBe(true)
  vi.advanceTimersByTime(2_000)
  const worker = workers[1]!
  worker.settle()
  expect(worker.source.calls).toEqual(['open'])
  worker.source.change('station/1', (entries) => entries.set('a', { n: 1 }))
  worker.settle()
  expect(plain(feeds.entries('station/1'))).toEqual({ a: { n: 1 } })
})

it('says now and then that something came, and ends with the page', async () => {
  const worker = workers[0]!
  for (let n = 0; n < 100; n++) worker.source.events.onHeard()
  worker.settle()
  expect(heard).toBe(1)
  vi.advanceTimersByTime(500)
  worker.source.events.onHeard()
  worker.settle()
  expect(heard).toBe(2)
  await feeds.close()
  worker.settle()
  await vi.runAllTimersAsync()
  expect([worker.source.calls, worker.isOver]).toEqual([['close'], true])
})
