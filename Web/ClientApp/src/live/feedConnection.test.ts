import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FeedConnection, TooManyError, UnauthorisedError, type Hub } from './feedConnection'
import type { FeedMessage, FeedStatus } from './feedMessage'

/** A hub whose line the test can cut, mend and delay. */
class Line implements Hub {
  readonly asked: unknown[][] = []
  startFailures = 0
  starts = 0
  refusal: Error | null = null
  private readonly handlers = new Map<string, (message: unknown) => void>()
  private closed: (error?: Error) => void = () => {}
  private held: (() => void)[] | null = null

  async start(): Promise<void> {
    this.starts++
    if (this.startFailures-- > 0) throw this.refusal ?? new Error('unreachable')
  }
  async stop(): Promise<void> {}
  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    this.asked.push([method, ...args])
    if (this.refusal) return Promise.reject(this.refusal)
    if (this.held) return new Promise((resolve) => this.held?.push(() => resolve(undefined)))
    return Promise.resolve()
  }
  on<T>(method: string, handler: (message: T) => void): void {
    this.handlers.set(method, handler as (message: unknown) => void)
  }
  onclose(handler: (error?: Error) => void): void {
    this.closed = handler
  }
  hold(): void {
    this.held = []
  }
  release(): void {
    this.held?.forEach((answer) => answer())
    this.held = null
  }
  send(from: number, to: number, key: string, value: unknown, snapshot = false, more: Partial<FeedMessage> = {}): void {
    this.handlers.get('Feed')?.({ feed: 'station/1', epoch: 'a', from, to, snapshot, changes: [{ key, value }], ...more })
  }
  status(status: FeedStatus['status'], more: Partial<FeedStatus> = {}): void {
    this.handlers.get('FeedStatus')?.({ feed: 'station/1', status, ...more })
  }
  cut(): void {
    this.closed(new Error('cut'))
  }
}

const well = { link: 'open', behind: 0, refused: 0, stale: 0, staleSince: null }

let line: Line
let frames: (() => void)[]
let connection: FeedConnection

beforeEach(() => {
  vi.useFakeTimers()
  line = new Line()
  frames = []
  connection = new FeedConnection({ hub: line, nextFrame: (run) => frames.push(run), random: () => 1 })
})
afterEach(() => vi.useRealTimers())

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('FeedConnection', () => {
  it('subscribes without a cursor first, and with its own after the line was cut', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    expect(connection.health).toEqual(well)

    line.cut()
    expect(connection.health).toMatchObject({ link: 'lost', behind: 1 })
    await vi.advanceTimersByTimeAsync(500)
    expect(line.asked).toEqual([
      ['Subscribe', 'station/1', null],
      ['Subscribe', 'station/1', { epoch: 'a', seq: 4 }],
    ])
    expect(connection.health).toEqual(well)
    expect(connection.entries('station/1').get('pair/1')).toBe('free')
  })

  it('tries for ever to connect, at most fifteen seconds apart', async () => {
    line.startFailures = 12
    await connection.open()
    await vi.advanceTimersByTimeAsync(500 + 1000 + 2000 + 4000 + 8000 + 7 * 15_000)
    expect(line.starts).toBe(13)
    expect(connection.health.link).toBe('open')
  })

  it('stops and says so when the server no longer knows the user', async () => {
    const onUnauthorised = vi.fn()
    connection = new FeedConnection({ hub: line, nextFrame: (run) => frames.push(run), onUnauthorised })
    line.startFailures = 1
    line.refusal = new UnauthorisedError()
    await connection.open()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(onUnauthorised).toHaveBeenCalledOnce()
    expect(line.starts).toBe(1)
  })

  it('asks again at once after a gap, once for many misfits', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    line.hold()
    line.send(6, 7, 'pair/1', 'lost one before')
    line.send(7, 8, 'pair/1', 'lost one before')
    await settle()
    line.send(8, 9, 'pair/1', 'still the old subscription')
    expect(line.asked.slice(1)).toEqual([['Subscribe', 'station/1', { epoch: 'a', seq: 4 }]])
    expect(connection.health.behind).toBe(1)

    line.send(4, 9, 'pair/1', 'newest')
    line.release()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(line.asked).toHaveLength(2)
    expect(connection.health.behind).toBe(0)
    expect(connection.entries('station/1').get('pair/1')).toBe('newest')
  })

  it('slows down when the answers keep not fitting', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    for (let round = 0; round < 40; round++) {
      line.send(0, 2, 'pair/1', 'behind us', true)
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(line.asked.length).toBeLessThan(9)
    expect(connection.entries('station/1').get('pair/1')).toBe('free')
  })

  it('reports a refused feed and keeps the others', async () => {
    connection.watch('station/1')
    line.refusal = new Error('not yours')
    await connection.open()
    await settle()
    expect(connection.health).toEqual({ ...well, refused: 1 })
  })

  it('does not come back before the server wants it to', async () => {
    line.startFailures = 1
    line.refusal = new TooManyError(7_000)
    await connection.open()
    await vi.advanceTimersByTimeAsync(7_000)
    expect(line.starts).toBe(1)
    line.refusal = null
    await vi.advanceTimersByTimeAsync(500)
    expect(line.starts).toBe(2)
    expect(connection.health).toEqual(well)
  })

  it('shows parts with the last of them, also where the line is cut in between', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    line.send(0, 2, 'pair/2', 'busy', true, { epoch: 'b', more: true })
    line.send(2, 3, 'pair/3', 'busy', false, { epoch: 'b', more: true })
    expect([...connection.entries('station/1').keys()]).toEqual(['pair/1'])
    expect(connection.health).toEqual({ ...well, behind: 1 })
    line.cut()
    await vi.advanceTimersByTimeAsync(500)
    expect(line.asked.at(-1)).toEqual(['Subscribe', 'station/1', { epoch: 'b', seq: 3 }])
    expect(connection.health).toEqual({ ...well, behind: 1 })
    line.send(3, 4, 'pair/4', 'busy', false, { epoch: 'b' })
    expect([...connection.entries('station/1').keys()]).toEqual(['pair/2', 'pair/3', 'pair/4'])
    expect(connection.health).toEqual(well)
  })

  it('tells that a feed is stale until it is current or asked for again', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    line.status('stale', { since: '2026-01-01T00:00:00Z' })
    expect(connection.health).toEqual({ ...well, stale: 1, staleSince: Date.UTC(2026, 0, 1) })
    line.status('current')
    expect(connection.health).toEqual(well)
    line.status('stale')
    expect(connection.health).toEqual({ ...well, stale: 1 })
    line.cut()
    await vi.advanceTimersByTimeAsync(500)
    expect(connection.health).toEqual(well)
  })

  it('drops what ended and asks for it on the next connection only', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    line.status('ended', { code: 'forbidden', message: 'not yours any more' })
    expect(connection.entries('station/1').size).toBe(0)
    expect(connection.health).toEqual({ ...well, refused: 1 })
    line.send(7, 8, 'pair/1', 'late')
    line.send(0, 8, 'pair/1', 'late', true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(line.asked).toHaveLength(1)
    expect(connection.entries('station/1').size).toBe(0)
    line.cut()
    await vi.advanceTimersByTimeAsync(500)
    expect(line.asked.slice(1)).toEqual([['Subscribe', 'station/1', null]])
  })

  it('drops what it may not have any more when it comes back', async () => {
    connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    line.cut()
    line.refusal = new Error('An error. HubException: unavailable: later')
    await vi.advanceTimersByTimeAsync(500)
    expect(connection.entries('station/1').size).toBe(1)
    line.refusal = new Error('An error. HubException: forbidden: not yours')
    await vi.advanceTimersByTimeAsync(1000)
    expect(connection.entries('station/1').size).toBe(0)
  })

  it('tells its listeners once per frame', async () => {
    connection.watch('station/1')
    await connection.open()
    const heard: string[][] = []
    connection.onFrame((changed) => heard.push([...changed]))
    line.send(0, 4, 'pair/1', 'free', true)
    for (let seq = 4; seq < 104; seq++) line.send(seq, seq + 1, 'pair/1', seq)
    expect(frames).toHaveLength(1)
    frames[0]!()
    expect(heard).toEqual([['station/1']])
  })

  it('unsubscribes and forgets when the last watcher leaves', async () => {
    const leave = connection.watch('station/1')
    const leaveToo = connection.watch('station/1')
    await connection.open()
    line.send(0, 4, 'pair/1', 'free', true)
    leave()
    expect(connection.entries('station/1').size).toBe(1)
    leaveToo()
    expect(line.asked.at(-1)).toEqual(['Unsubscribe', 'station/1'])
    expect(connection.entries('station/1').size).toBe(0)
  })
})
