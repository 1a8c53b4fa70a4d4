/** A mark as its pixels, each as the machine has red, green, blue and opacity in one number. */
export class MarkPixels {
  /** Of each row where its first pixel that can be seen is, and where the last has been: half of a mark's box is empty. */
  readonly seen: readonly (readonly [from: number, to: number])[]

  /** `side`: width and height, device pixels. */
  constructor(readonly pixels: Uint32Array, readonly side: number) {
    this.seen = Array.from({ length: side }, (_, y) => {
      const row = pixels.subarray(y * side, (y + 1) * side)
      const from = row.findIndex(isSeen)
      return from < 0 ? [0, 0] : [from, row.findLastIndex(isSeen) + 1]
    })
  }
}

const isSeen = (pixel: number) => pixel >>> 24 !== 0

/**
 * Thousands of marks put together by hand and drawn in one go. To copy a small image with the canvas costs some 10 µs where there is no graphics card, most of it
 * in getting ready; its hundred pixels are nothing.
 */
export class CrowdPicture {
  /** The picture so far, row by row. */
  pixels = new Uint32Array(0)
  private width = 0
  private height = 0
  private canvas: OffscreenCanvas | null = null

  /** Begins an empty picture of so many device pixels. */
  begin(width: number, height: number): void {
    if (this.width === width && this.height === height) {
      this.pixels.fill(0)
      return
    }
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height)
    this.canvas = null
  }

  /** Puts a mark there, over what is there already; what lies beyond the edge is left out. */
  put({ pixels: mark, side, seen }: MarkPixels, left: number, top: number): void {
    const { width, height } = this
    const [fromY, toY] = [Math.max(0, -top), Math.min(side, height - top)]
    for (let y = fromY; y < toY; y++) {
      const [first, last] = seen[y]!
      const fromX = Math.max(first, -left)
      let to = (top + y) * width + left + fromX
      let from = y * side + fromX
      for (const end = y * side + Math.min(last, width - left); from < end; from++, to++) {
        const over = mark[from]!
        const opacity = over >>> 24
        if (opacity === 0) continue
        const under = this.pixels[to]!
        this.pixels[to] = opacity === 255 || under === 0 ? over : mix(over, under, opacity)
      }
    }
  }

  /** Draws it, pixel for pixel. */
  drawOn(context: CanvasRenderingContext2D): void {
    if (this.pixels.length === 0) return
    this.canvas ??= new OffscreenCanvas(this.width, this.height)
    const image = new ImageData(new Uint8ClampedArray(this.pixels.buffer), this.width, this.height)
    this.canvas.getContext('2d', { willReadFrequently: true })?.putImageData(image, 0, 0)
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.drawImage(this.canvas, 0, 0)
    context.restore()
  }
}

function mix(over: number, under: number, opacity: number): number {
  const part = (shift: number) => Math.round((((over >>> shift) & 255) * opacity + ((under >>> shift) & 255) * (255 - opacity)) / 255)
  return ((Math.max(opacity, under >>> 24) << 24) | (part(16) << 16) | (part(8) << 8) | part(0)) >>> 0
}
