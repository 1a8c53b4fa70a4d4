type Entries = ReadonlyMap<string, unknown>

export interface Change {
  /** What comes before the first slash of the key, or the key itself. */
  readonly kind: string
  readonly before: unknown
  /** Undefined where it is gone from this feed. */
  readonly after: unknown
  /** It belongs to the first state of its feed that was seen. */
  readonly first: boolean
}

interface Held {
  readonly values: Map<string, unknown>
  /** Which feed each is from. */
  readonly feeds: Map<string, string>
}

/**
 * The entries of several feeds as one, by key. Something that moves from one station to another is for a moment in both feeds; the newer version is the
 * one that counts. A renewal costs as much as its own feed is long, whatever the others have.
 */
export class MergedFeeds {
  private readonly shown = new Map<string, Entries>()
  private readonly kinds = new Map<string, Held>()

  /** Takes the present entries of a feed, and says what changed in it. */
  renew(feed: string, after: Entries): Change[] {
    const before = this.shown.get(feed)
    const changes: Change[] = []
    let added = 0
    for (const [key, value] of after) {
      const was = before?.get(key)
      if (was === value) continue
      if (was === undefined) added++
      const kind = kindOf(key)
      this.hold(kind, key, value, feed)
      changes.push({ kind, before: was, after: value, first: before === undefined })
    }
    if (before && before.size + added > after.size) {
      for (const [key, was] of before) {
        if (after.has(key)) continue
        this.release(kindOf(key), key, feed)
        changes.push({ kind: kindOf(key), before: was, after: undefined, first: false })
      }
    }
    // A station always has something; one that was dropped begins anew when it comes back.
    if (after.size > 0) this.shown.set(feed, after)
    else this.shown.delete(feed)
    return changes
  }

  /** All values of a kind. */
  all<T>(kind: string): T[] {
    return Array.from(this.heldOf(kind).values.values(), (value) => value as T)
  }

  private heldOf(kind: string): Held {
    let held = this.kinds.get(kind)
    if (!held) this.kinds.set(kind, (held = { values: new Map<string, unknown>(), feeds: new Map<string, string>() }))
    return held
  }

  private hold(kind: string, key: string, value: unknown, feed: string): void {
    const { values, feeds } = this.heldOf(kind)
    const owner = feeds.get(key)
    if (owner !== undefined && owner !== feed && versionOf(value) <= versionOf(values.get(key))) return
    values.set(key, value)
    if (owner !== feed) feeds.set(key, feed)
  }

  private release(kind: string, key: string, feed: string): void {
    const { values, feeds } = this.heldOf(kind)
    if (feeds.get(key) !== feed) return
    values.delete(key)
    feeds.delete(key)
    for (const [other, entries] of this.shown) {
      const value = other === feed ? undefined : entries.get(key)
      if (value !== undefined) this.hold(kind, key, value, other)
    }
  }
}

function kindOf(key: string): string {
  const slash = key.indexOf('/')
  return slash < 0 ? key : key.slice(0, slash)
}

/** Values without a version count as old as each other. */
function versionOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number' ? value.version : 0
}
