/** Another look at a map that goes on changing: whoever watches for a new map is told by it, and thousands of entries need not be copied for that. */
export class LookAt<T> implements ReadonlyMap<string, T> {
  constructor(private readonly inner: ReadonlyMap<string, T>) {}

  get size(): number {
    return this.inner.size
  }

  get(key: string): T | undefined {
    return this.inner.get(key)
  }

  has(key: string): boolean {
    return this.inner.has(key)
  }

  forEach(run: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    this.inner.forEach(run)
  }

  keys(): MapIterator<string> {
    return this.inner.keys()
  }

  values(): MapIterator<T> {
    return this.inner.values()
  }

  entries(): MapIterator<[string, T]> {
    return this.inner.entries()
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.inner.entries()
  }
}
