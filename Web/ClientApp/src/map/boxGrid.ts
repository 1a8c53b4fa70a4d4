export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const cellPixels = 64
/** More than a canvas has of them in a row; keys of cells are numbers then. */
const rowOfCells = 4_096

/** The room that is taken on a picture, in cells, so that asking whether a place is free looks at its neighbours alone. */
export class BoxGrid {
  private readonly cells = new Map<number, Box[]>()

  clear(): void {
    this.cells.clear()
  }

  take(box: Box): void {
    this.eachCell(box, (key) => {
      const cell = this.cells.get(key)
      if (cell) cell.push(box)
      else this.cells.set(key, [box])
      return true
    })
  }

  isFree(box: Box): boolean {
    return this.eachCell(box, (key) => {
      const cell = this.cells.get(key)
      return !cell || cell.every((other) => box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top)
    })
  }

  private eachCell(box: Box, visit: (key: number) => boolean): boolean {
    const right = Math.floor(box.right / cellPixels)
    const bottom = Math.floor(box.bottom / cellPixels)
    for (let row = Math.floor(box.top / cellPixels); row <= bottom; row++) {
      for (let column = Math.floor(box.left / cellPixels); column <= right; column++) {
        if (!visit(row * rowOfCells + column)) return false
      }
    }
    return true
  }
}
