/** A generator that a seed repeats (mulberry32). */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  of<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('Nothing to choose from.')
    return item
  }

  some<T>(items: readonly T[], atLeast: number): T[] {
    const shuffled = items.map((item) => ({ item, at: this.next() })).sort((a, b) => a.at - b.at).map(({ item }) => item)
    return shuffled.slice(0, Math.max(atLeast, 1 + this.below(items.length)))
  }
}
