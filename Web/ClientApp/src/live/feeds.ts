/** How far what a screen shows can be trusted. */
export interface Health {
  readonly link: 'connecting' | 'open' | 'lost' | 'closed'
  /** Feeds that have not caught up since the link opened. */
  readonly behind: number
  /** Feeds that the server refused, or ended. */
  readonly refused: number
  /** Feeds whose source the server does not hear from. */
  readonly stale: number
  /** Since when the first of them was not heard from, in milliseconds of the server's clock; null where it did not say. */
  readonly staleSince: number | null
}

export type Entries = ReadonlyMap<string, unknown>
export type FrameListener = (changed: ReadonlySet<string>) => void

/** The feeds of a page, wherever they are received. */
export interface Feeds {
  readonly health: Health
  open(): Promise<void>
  close(): Promise<void>
  /** Keeps the feed subscribed until the returned function is called; what several watch is subscribed once. */
  watch(name: string): () => void
  /** The entries of a watched feed as last received; a new map after each change, never the same one changed. */
  entries(name: string): Entries
  /** Tells at most once a frame which feeds changed, however many messages came. */
  onFrame(listener: FrameListener): () => void
  onHealth(listener: (health: Health) => void): () => void
}

/** Whom the feeds tell besides: that anything at all came in, pings too; and that the session is over. */
export interface FeedEvents {
  readonly onHeard: () => void
  readonly onUnauthorised: () => void
}
