import type { Cursor, FeedChange, FeedMessage } from './feedMessage'
import type { Entries } from './feeds'

/** A screen's copy of one feed. Never changed in place, so two states can be compared entry by entry. */
export interface FeedState {
  /** Where the next message must begin, after the parts that are gathered; null until the first message. */
  readonly cursor: Cursor | null
  /** What the entries are as of; null until the first whole message. */
  readonly shown: Cursor | null
  readonly entries: Entries
  /** Parts that wait for their last one, in their order. */
  readonly gathered: { readonly replaces: boolean; readonly parts: readonly (readonly FeedChange[])[] } | null
}

/** Either the message was applied, or it did not fit and the feed must be asked again from `cursor`. */
export type FeedResult =
  | { readonly kind: 'applied'; readonly state: FeedState }
  | { readonly kind: 'resubscribe'; readonly cursor: Cursor | null }

export const emptyFeed: FeedState = { cursor: null, shown: null, entries: new Map(), gathered: null }

/**
 * Puts a message on top of a state. A message that does not continue the state exactly (lost, repeated or reordered ones before
 * it, another epoch) changes nothing, and neither does a late snapshot: a screen never skips and never goes backwards. Parts are
 * gathered beside the entries and replace them in one go with the last: a screen never shows half of a snapshot.
 */
export function reduceFeed(state: FeedState, message: FeedMessage): FeedResult {
  if (!fits(state, message)) return { kind: 'resubscribe', cursor: state.cursor }
  const before = message.snapshot ? null : state.gathered
  const gathered = { replaces: before?.replaces ?? message.snapshot, parts: [...(before?.parts ?? []), message.changes] }
  const cursor = { epoch: message.epoch, seq: message.to }
  if (message.more) return { kind: 'applied', state: { ...state, cursor, gathered } }

  // A snapshot in parts that came late as a whole.
  if (isBefore(cursor, state.shown)) return { kind: 'applied', state: { ...state, cursor: state.shown, gathered: null } }
  const entries = new Map(gathered.replaces ? [] : state.entries)
  for (const changes of gathered.parts) {
    for (const { key, value } of changes) {
      if (value === null || value === undefined) entries.delete(key)
      else entries.set(key, value)
    }
  }
  return { kind: 'applied', state: { cursor, shown: cursor, entries, gathered: null } }
}

function fits({ cursor, shown }: FeedState, message: FeedMessage): boolean {
  const to = { epoch: message.epoch, seq: message.to }
  if (message.snapshot) return message.more === true || !(isBefore(to, shown) || isBefore(to, cursor))
  return cursor?.epoch === message.epoch && message.from === cursor.seq && message.to >= message.from
}

/** Earlier in the same life of the feed. */
function isBefore(cursor: Cursor, other: Cursor | null): boolean {
  return cursor.epoch === other?.epoch && cursor.seq < other.seq
}
