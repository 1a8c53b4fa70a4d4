/** When a map is moved to what was selected: once for each selection, and not while somebody has put the map where it is. */
export class Framing {
  private isMoved = false
  private framed: string | null = null

  /** Somebody moved the map, or came nearer. */
  moved(): void {
    this.isMoved = true
  }

  /** Somebody asked for the whole map. */
  whole(): void {
    this.isMoved = false
  }

  /** Another thing is selected, or nothing. */
  selected(): void {
    this.framed = null
  }

  /** Whether the map is to be moved now, with `pairs` who could go there known; after that no more for this one. */
  takes(id: string, pairs: number): boolean {
    if (this.isMoved || pairs === 0 || this.framed === id) return false
    this.framed = id
    return true
  }
}
