import type { PairPosition } from '../pairs/pair'
import { LookAt } from './lookAt'

type Entries = ReadonlyMap<string, unknown>

/**
 * Where pairs are, of the feeds of several stations, as one map by pair. It is a map of its own and goes on changing: places come for everybody four times a second, so nothing is compared and nothing
 * copied. A pair that moves to another station is for a moment in both feeds; either place is right.
 */
export class FeedPlaces {
  private readonly places = new Map<string, PairPosition>()
  private readonly shown = new Map<string, Entries>()
  private readonly ids = new Map<string, string>()

  /** Takes the present places of a feed. */
  renew(feed: string, entries: Entries): void {
    const before = this.shown.get(feed)
    this.shown.set(feed, entries)
    // The same map: places have moved, and are the same objects.
    if (entries === before) return
    for (const [key, value] of entries) this.places.set(this.idOf(key), value as PairPosition)
    for (const key of before?.keys() ?? []) if (!entries.has(key)) this.leave(key)
  }

  /** All of them, as something new for whoever looks whether there is news. */
  all(): ReadonlyMap<string, PairPosition> {
    return new LookAt(this.places)
  }

  /** Cut out of its key once, and not twenty thousand times a second. */
  private idOf(key: string): string {
    let id = this.ids.get(key)
    if (id === undefined) this.ids.set(key, (id = key.slice(key.indexOf('/') + 1)))
    return id
  }

  /** Where it is in another feed, the place there counts from now on. */
  private leave(key: string): void {
    for (const entries of this.shown.values()) {
      const other = entries.get(key)
      if (other) return void this.places.set(this.idOf(key), other as PairPosition)
    }
    this.places.delete(this.idOf(key))
  }
}

