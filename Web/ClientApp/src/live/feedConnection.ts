import { backoffDelay } from './backoff'
import type { Cursor, FeedMessage, FeedStatus } from './feedMessage'
import { emptyFeed, reduceFeed, type FeedState } from './feedReducer'
import { FeedListeners } from './feedListeners'
import type { Entries, Feeds, Health } from './feeds'

/** The server does not know who is asking. Trying again will not help. */
export class UnauthorisedError extends Error {}

/** The server has too much to do and wants to be left alone for so long. */
export class TooManyError extends Error {
  constructor(readonly retryAfterMs: number) {
    super()
  }
}

/** The part of a SignalR hub connection that the feeds need. */
export interface Hub {
  /** Throws an {@link UnauthorisedError} where the session is over, a {@link TooManyError} where it is to come back later. */
  start(): Promise<void>
  stop(): Promise<void>
  invoke(method: string, ...args: unknown[]): Promise<unknown>
  on<T>(method: string, handler: (message: T) => void): void
  onclose(handler: (error?: Error) => void): void
}

export interface FeedConnectionOptions {
  readonly hub: Hub
  /** Runs once, about a frame later. */
  readonly nextFrame?: (run: () => void) => void
  /** The session is over. The connection stops trying. */
  readonly onUnauthorised?: () => void
  readonly random?: () => number
}

interface Watched {
  state: FeedState
  watchers: number
  phase: 'behind' | 'caughtUp' | 'refused' | 'ended'
  /** The server does not hear from its source, since then as far as it said. */
  stale: { readonly since: number | null } | null
  asking: boolean
  /** A message did not fit while the question was under way. */
  askAgain: boolean
  tries: number
  retry: ReturnType<typeof setTimeout> | undefined
}

/** The right to a feed is gone, or what it is of: nothing of it may stay on a screen. */
function isFinal(error: unknown): boolean {
  return error instanceof Error && /HubException: (forbidden|\w+NotFound):/.test(error.message)
}

/** As long as a picture stays at most. A frame of animation would make the browser draw, also where nothing that is seen has changed. */
const frameMs = 16

function soon(run: () => void): void {
  setTimeout(run, frameMs)
}

/**
 * Many feeds over one connection. It connects until it succeeds, subscribes every feed again with its own cursor after each
 * connect, and tells its listeners at most once per frame which feeds changed, however many messages came.
 */
export class FeedConnection extends FeedListeners implements Feeds {
  private readonly feeds = new Map<string, Watched>()
  private changed = new Set<string>()
  private link: Health['link'] = 'connecting'
  private attempt = 0
  private reconnect: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: FeedConnectionOptions) {
    super()
    options.hub.on<FeedMessage>('Feed', (message) => this.receive(message))
    options.hub.on<FeedStatus>('FeedStatus', (status) => this.receiveStatus(status))
    options.hub.onclose(() => this.lose())
  }

  get health(): Health {
    let behind = 0
    let refused = 0
    let stale = 0
    let staleSince: number | null = null
    for (const feed of this.feeds.values()) {
      if (feed.phase === 'behind') behind++
      if (feed.phase === 'refused' || feed.phase === 'ended') refused++
      if (!feed.stale) continue
      stale++
      staleSince = Math.min(feed.stale.since ?? Infinity, staleSince ?? Infinity)
    }
    return { link: this.link, behind, refused, stale, staleSince: staleSince === Infinity ? null : staleSince }
  }

  async open(): Promise<void> {
    try {
      await this.options.hub.start()
    } catch (error) {
      if (error instanceof UnauthorisedError) {
        await this.close()
        this.options.onUnauthorised?.()
      } else {
        this.lose(error instanceof TooManyError ? error.retryAfterMs : 0)
      }
      return
    }
    if (this.link === 'closed') {
      await this.options.hub.stop()
      return
    }
    this.attempt = 0
    this.link = 'open'
    this.publishHealth()
    for (const [name, feed] of this.feeds) void this.ask(name, feed)
  }

  async close(): Promise<void> {
    this.link = 'closed'
    clearTimeout(this.reconnect)
    for (const feed of this.feeds.values()) clearTimeout(feed.retry)
    this.publishHealth()
    await this.options.hub.stop()
  }

  watch(name: string): () => void {
    let feed = this.feeds.get(name)
    if (feed) {
      feed.watchers++
    } else {
      feed = {
        state: emptyFeed, watchers: 1, phase: 'behind', stale: null, asking: false, askAgain: false, tries: 0, retry: undefined,
      }
      this.feeds.set(name, feed)
      if (this.link === 'open') void this.ask(name, feed)
      this.publishHealth()
    }
    return () => this.unwatch(name)
  }

  entries(name: string): Entries {
    return this.feeds.get(name)?.state.entries ?? emptyFeed.entries
  }

  private unwatch(name: string): void {
    const feed = this.feeds.get(name)
    if (!feed || --feed.watchers > 0) return
    clearTimeout(feed.retry)
    this.feeds.delete(name)
    // A failure means that the link is gone, and the subscription with it.
    if (this.link === 'open') this.options.hub.invoke('Unsubscribe', name).catch(() => {})
    this.publishHealth()
  }

  private receive(message: FeedMessage): void {
    const feed = this.feeds.get(message.feed)
    if (!feed || feed.phase === 'ended') return
    const result = reduceFeed(feed.state, message)
    if (result.kind === 'resubscribe') {
      if (feed.asking) feed.askAgain = true
      else if (feed.retry === undefined) this.askSoon(message.feed, feed)
      return
    }
    feed.state = result.state
    feed.askAgain = false
    feed.tries = 0
    if (!feed.asking) this.setPhase(feed, feed.state.gathered ? 'behind' : 'caughtUp')
    if (!feed.state.gathered) this.markChanged(message.feed)
  }

  private receiveStatus({ feed: name, status, since }: FeedStatus): void {
    const feed = this.feeds.get(name)
    if (!feed || feed.phase === 'ended') return
    feed.stale = status === 'stale' ? { since: since ? Date.parse(since) : null } : null
    if (status === 'ended') {
      clearTimeout(feed.retry)
      feed.retry = undefined
      feed.phase = 'ended'
      this.drop(name, feed)
    }
    this.publishHealth()
  }

  private drop(name: string, feed: Watched): void {
    feed.state = emptyFeed
    this.markChanged(name)
  }

  private async ask(name: string, feed: Watched): Promise<void> {
    clearTimeout(feed.retry)
    feed.retry = undefined
    feed.asking = true
    feed.askAgain = false
    const cursor: Cursor | null = feed.state.cursor
    let refused = false
    try {
      await this.options.hub.invoke('Subscribe', name, cursor)
    } catch (error) {
      refused = true
      if (this.feeds.get(name) === feed && isFinal(error)) this.drop(name, feed)
    }
    feed.asking = false
    if (this.link !== 'open' || this.feeds.get(name) !== feed || feed.phase === 'ended') return
    if (refused) {
      this.setPhase(feed, 'refused')
      this.askSoon(name, feed)
    } else if (feed.askAgain) {
      this.askSoon(name, feed)
    } else if (feed.state.shown !== null && !feed.state.gathered) {
      this.setPhase(feed, 'caughtUp')
    }
  }

  private askSoon(name: string, feed: Watched): void {
    if (feed.phase === 'caughtUp') this.setPhase(feed, 'behind')
    // The first question after a gap goes out at once; only repeated ones wait.
    const delay = feed.tries === 0 ? 0 : backoffDelay(feed.tries, undefined, this.options.random)
    feed.tries++
    feed.retry = setTimeout(() => void this.ask(name, feed), delay)
  }

  /** `leftAloneMs` is how long the server wants not to be asked at all. */
  private lose(leftAloneMs = 0): void {
    if (this.link === 'closed') return
    this.link = 'lost'
    for (const feed of this.feeds.values()) {
      clearTimeout(feed.retry)
      feed.retry = undefined
      feed.tries = 0
      feed.phase = 'behind'
      feed.stale = null
    }
    this.publishHealth()
    clearTimeout(this.reconnect)
    const delay = leftAloneMs + backoffDelay(this.attempt++, undefined, this.options.random)
    this.reconnect = setTimeout(() => void this.open(), delay)
  }

  private setPhase(feed: Watched, phase: Watched['phase']): void {
    if (feed.phase === phase) return
    feed.phase = phase
    this.publishHealth()
  }

  private markChanged(name: string): void {
    const awaitingFrame = this.changed.size > 0
    this.changed.add(name)
    if (awaitingFrame) return
    const nextFrame = this.options.nextFrame ?? soon
    nextFrame(() => {
      const { changed } = this
      this.changed = new Set()
      this.publishFrame(changed)
    })
  }
}
