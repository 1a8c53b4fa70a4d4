import { currentUser } from '../accounts/session'

/** The part of `localStorage` that drafts need. */
export interface DraftShelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** A draft names people and is of no use on another day. */
export const draftKeptMs = 12 * 60 * 60_000

/** Something half-written that survives a reload and a lost line, of one account, until it was acknowledged or given up. */
export class DraftStore<T> {
  /** `prefix` tells drafts of different kinds apart. */
  constructor(
    private readonly prefix: string,
    private readonly shelf: DraftShelf = localStorage,
    private readonly userId: () => string = () => currentUser.value?.id ?? '',
    private readonly now: () => number = Date.now,
  ) {}

  load(id: string): T | null {
    const text = this.shelf.getItem(this.keyOf(id))
    if (text === null) return null
    try {
      const { at, draft } = JSON.parse(text) as { at: number; draft: T }
      if (this.now() - at <= draftKeptMs) return draft
    } catch {
      // Written by an earlier version of the page: of no use any more.
    }
    this.drop(id)
    return null
  }

  save(id: string, draft: T): void {
    try {
      this.shelf.setItem(this.keyOf(id), JSON.stringify({ at: this.now(), draft }))
    } catch {
      // The shelf is full: what is on the screen is not lost, it only does not survive a reload.
    }
  }

  drop(id: string): void {
    this.shelf.removeItem(this.keyOf(id))
  }

  private keyOf(id: string): string {
    return `dispatch.draft.${this.prefix}.${this.userId()}.${id}`
  }
}
