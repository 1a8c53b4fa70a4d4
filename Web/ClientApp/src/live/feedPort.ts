import type { FeedDelta } from './feedDelta'
import type { Health } from './feeds'

/** What a page says to the worker that has its feeds. A watch has a number of its own, so what was still on its way for an earlier one is known. */
export type ToFeeds =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'watch'; readonly id: number; readonly feed: string }
  | { readonly kind: 'unwatch'; readonly id: number }
  /** The room that places came in, read and free again: a new one for each message would be a megabyte a second for both to sweep away. */
  | { readonly kind: 'room'; readonly room: ArrayBuffer }

/** What the worker says. `seen` is the number of the last watch that counts in its health. */
export type FromFeeds =
  | { readonly kind: 'ready' }
  | { readonly kind: 'heard' }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'health'; readonly health: Health; readonly seen: number }
  | { readonly kind: 'frame'; readonly deltas: readonly { readonly id: number; readonly delta: FeedDelta }[]; readonly room: ArrayBuffer | null }
