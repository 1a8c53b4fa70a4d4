import { DeltaReader } from './feedDelta'
import { FeedListeners } from './feedListeners'
import type { FromFeeds, ToFeeds } from './feedPort'
import type { Entries, FeedEvents, Feeds, Health } from './feeds'

/** The part of a worker that the feeds need. */
export interface FeedPort {
  postMessage(message: ToFeeds, options?: StructuredSerializeOptions): void
  onmessage: ((event: MessageEvent<FromFeeds>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

interface Watched {
  readonly name: string
  id: number
  watchers: number
  entries: Entries
  reader: DeltaReader
}

/** A worker whose program could not be loaded is started again after this: the server may just be starting. */
const startAgainMs = 2_000
const noEntries: Entries = new Map()

/** Feeds that a worker receives. */
export class RemoteFeeds extends FeedListeners implements Feeds {
  private readonly watched = new Map<string, Watched>()
  private readonly byId = new Map<number, Watched>()
  private told: Health = { link: 'connecting', behind: 0, refused: 0, stale: 0, staleSince: null }
  private seen = 0
  private lastId = 0
  private isOpen = false
  private isClosed = false
  private startAgain: ReturnType<typeof setTimeout> | undefined
  private port: FeedPort

  constructor(private readonly start: () => FeedPort, private readonly events: FeedEvents) {
    super()
    this.port = this.connect()
  }

  /** What was asked for and is not known to the worker yet is behind as well. */
  get health(): Health {
    let unseen = 0
    for (const { id } of this.watched.values()) if (id > this.seen) unseen++
    return unseen === 0 ? this.told : { ...this.told, behind: this.told.behind + unseen }
  }

  async open(): Promise<void> {
    this.isOpen = true
    this.port.postMessage({ kind: 'open' })
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.startAgain)
    this.port.onmessage = null
    this.port.postMessage({ kind: 'close' })
  }

  watch(name: string): () => void {
    const known = this.watched.get(name)
    if (known) {
      known.watchers++
    } else {
      const watched = { name, id: 0, watchers: 1, entries: noEntries, reader: new DeltaReader() }
      this.watched.set(name, watched)
      this.ask(watched)
      this.publishHealth()
    }
    return () => this.unwatch(name)
  }

  entries(name: string): Entries {
    return this.watched.get(name)?.entries ?? noEntries
  }

  private connect(): FeedPort {
    const port = this.start()
    let isReady = false
    port.onmessage = ({ data }) => {
      isReady = true
      this.take(data)
    }
    port.onerror = () => {
      if (isReady || this.isClosed) return
      port.terminate()
      this.startAgain = setTimeout(() => this.restart(), startAgainMs)
    }
    return port
  }

  private restart(): void {
    this.port = this.connect()
    this.byId.clear()
    for (const watched of this.watched.values()) {
      watched.reader = new DeltaReader()
      this.ask(watched)
    }
    if (this.isOpen) this.port.postMessage({ kind: 'open' })
  }

  private ask(watched: Watched): void {
    watched.id = ++this.lastId
    this.byId.set(watched.id, watched)
    this.port.postMessage({ kind: 'watch', id: watched.id, feed: watched.name })
  }

  private unwatch(name: string): void {
    const watched = this.watched.get(name)
    if (!watched || --watched.watchers > 0) return
    this.watched.delete(name)
    this.byId.delete(watched.id)
    this.port.postMessage({ kind: 'unwatch', id: watched.id })
    this.publishHealth()
  }

  private take(message: FromFeeds): void {
    if (message.kind === 'heard') this.events.onHeard()
    if (message.kind === 'unauthorised') this.events.onUnauthorised()
    if (message.kind === 'health') {
      this.told = message.health
      this.seen = message.seen
      this.publishHealth()
    }
    if (message.kind === 'frame') this.takeFrame(message)
  }

  private takeFrame({ deltas, room }: Extract<FromFeeds, { kind: 'frame' }>): void {
    const changed = new Set<string>()
    for (const { id, delta } of deltas) {
      const watched = this.byId.get(id)
      if (!watched) continue
      watched.entries = watched.reader.read(watched.entries, delta)
      changed.add(watched.name)
    }
    if (room) this.port.postMessage({ kind: 'room', room }, { transfer: [room] })
    if (changed.size > 0) this.publishFrame(changed)
  }
}

/** The feeds of a page at a desk or on a wall, in a worker of its own. */
export function workerFeeds(events: FeedEvents): Feeds {
  return new RemoteFeeds(() => new Worker(new URL('./feedWorker.ts', import.meta.url), { type: 'module', name: 'feeds' }), events)
}
