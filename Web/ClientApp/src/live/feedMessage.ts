/** Where a reader stands in a feed: the life of the feed (`epoch`) and the last change seen in it (`seq`). */
export interface Cursor {
  readonly epoch: string
  readonly seq: number
}

/** One key that changed. `value` null means that the key is gone. */
export interface FeedChange {
  readonly key: string
  readonly value: unknown
}

/** What the hub sends with `Feed`: the changes of one feed between `from` and `to`, or with `snapshot` all of it. */
export interface FeedMessage {
  readonly feed: string
  readonly epoch: string
  readonly from: number
  readonly to: number
  readonly snapshot: boolean
  readonly changes: readonly FeedChange[]
  /** More parts of the same follow; the last part has it not. */
  readonly more?: boolean
}

/** What the hub sends with `FeedStatus`: how a subscribed feed is doing. */
export interface FeedStatus {
  readonly feed: string
  /** `stale`: the server does not hear from its source. `ended`: the right to it is gone, or what it is of. */
  readonly status: 'current' | 'stale' | 'ended'
  readonly since?: string | null
  readonly code?: string | null
  readonly message?: string | null
}
