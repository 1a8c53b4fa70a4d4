import type { Cursor, FeedMessage } from './feedMessage'

/** A screen's copy of one feed. Never changed in place, so two states can be compared entry by entry. */
export interface FeedState {
  /** Null until the first snapshot. */
  readonly cursor: Cursor | null
  readonly entries: ReadonlyMap<string, unknown>
}

/** Either the message was applied, or it did not fit and the feed must be asked again from `cursor`. */
export type FeedResult =
  | { readonly kind: 'applied'; readonly state: FeedState }
  | { readonly kind: 'resubscribe'; readonly cursor: Cursor | null }

export const emptyFeed: FeedState = { cursor: null, entries: new Map() }

/**
 * Puts a message on top of a state. A message that does not continue the state exactly (lost, repeated or reordered ones before
 * it, another epoch) changes nothing, and neither does a late snapshot: a screen never skips and never goes backwards.
 */
export function reduceFeed(state: FeedState, message: FeedMessage): FeedResult {
  const { cursor } = state
  const sameEpoch = cursor !== null && cursor.epoch === message.epoch
  const fits = message.snapshot
    ? !sameEpoch || message.to >= cursor.seq
    : sameEpoch && message.from === cursor.seq && message.to >= message.from
  if (!fits) return { kind: 'resubscribe', cursor }

  const entries = new Map(message.snapshot ? [] : state.entries)
  for (const { key, value } of message.changes) {
    if (value === null || value === undefined) entries.delete(key)
    else entries.set(key, value)
  }
  return { kind: 'applied', state: { cursor: { epoch: message.epoch, seq: message.to }, entries } }
}
