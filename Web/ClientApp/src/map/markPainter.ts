import type { Priority } from '../incidents/incident'
import type { PairCondition } from '../pairs/pairCondition'
import { BoxGrid, type Box } from './boxGrid'
import { CrowdPicture } from './crowdPicture'
import { readMarkColours } from './markColours'
import { MarkSprites, type Sprite } from './markSprites'

/** A place on the canvas, in CSS pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A pair's mark and where it stands. */
export interface PairAt extends Point {
  readonly pair: { readonly condition: PairCondition }
}

/** Draws the marks and labels of one picture. Labels give way to marks and to labels drawn before them. */
export class MarkPainter {
  private colours = readMarkColours()
  private readonly sprites = new MarkSprites(this.colours)
  private readonly taken = new BoxGrid()
  private readonly crowd = new CrowdPicture()
  private readonly widths = new Map<string, number>()
  private width = 0
  private height = 0
  private density = 1
  private readonly font = getComputedStyle(document.documentElement).fontFamily

  constructor(private readonly context: CanvasRenderingContext2D) {}

  renewColours(): void {
    this.colours = readMarkColours()
    this.sprites.renew(this.colours)
  }

  /** Begins a picture. `density` is device pixels per CSS pixel. */
  begin(width: number, height: number, density: number): void {
    this.width = width
    this.height = height
    this.density = density
    this.taken.clear()
    this.sprites.begin(density)
    this.context.setTransform(density, 0, 0, density, 0, 0)
    this.context.clearRect(0, 0, width, height)
  }

  incident(x: number, y: number, priority: Priority, size: number): void {
    this.copy(this.sprites.incident(priority, size), x, y)
    this.taken.take(boxAround(x, y, size, size))
  }

  /** `keepRoom` says that labels give way to them; among thousands of marks they cannot. */
  pairs(pairs: readonly PairAt[], size: number, keepRoom: boolean): void {
    if (!keepRoom) {
      this.crowded(pairs, size)
      return
    }
    const sprites = new Map<PairCondition, Sprite>()
    for (const { x, y, pair: { condition } } of pairs) {
      let sprite = sprites.get(condition)
      if (!sprite) sprites.set(condition, (sprite = this.sprites.pair(condition, size)))
      this.copy(sprite, x, y)
      this.taken.take(boxAround(x, y, size, size))
    }
  }

  private crowded(pairs: readonly PairAt[], size: number): void {
    const { density, crowd, context } = this
    crowd.begin(context.canvas.width, context.canvas.height)
    for (const { x, y, pair: { condition } } of pairs) {
      const mark = this.sprites.pairPixels(condition, size)
      crowd.put(mark, Math.round(x * density - mark.side / 2), Math.round(y * density - mark.side / 2))
    }
    crowd.drawOn(context)
  }

  /** Two rings around what is selected: no colour is needed to see it. */
  selection(x: number, y: number, size: number): void {
    this.ring(x, y, size * 0.72, size * 0.09, this.colours.accent)
    this.ring(x, y, size * 0.92, size * 0.09, this.colours.accent)
  }

  /** A pair that is recommended: a ring with its place in the list. */
  suggestion(x: number, y: number, size: number, rank: number): void {
    const { context } = this
    this.ring(x, y, size * 0.75, size * 0.12, this.colours.accent)
    const at = { x: x + size * 0.75, y: y - size * 0.75 }
    context.beginPath()
    context.arc(at.x, at.y, size * 0.45, 0, 2 * Math.PI)
    context.fillStyle = this.colours.accent
    context.fill()
    context.fillStyle = this.colours.halo
    context.font = `800 ${size * 0.6}px ${this.font}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(String(rank), at.x, at.y)
  }

  /** The place that is being chosen: a pin whose tip is the place. */
  pin(x: number, y: number, size: number): void {
    const { context } = this
    const radius = size * 0.4
    context.beginPath()
    context.arc(x, y - size, radius, Math.PI * 0.85, Math.PI * 0.15)
    context.lineTo(x, y)
    context.closePath()
    context.lineJoin = 'round'
    context.lineWidth = size * 0.14
    context.strokeStyle = this.colours.halo
    context.stroke()
    context.fillStyle = this.colours.waiting
    context.fill()
    context.beginPath()
    context.arc(x, y - size, radius * 0.4, 0, 2 * Math.PI)
    context.fillStyle = this.colours.halo
    context.fill()
    this.taken.take(boxAround(x, y - size * 0.7, size, size * 1.5))
  }

  /** The dotted ways of pairs to their incidents, all of one kind in one stroke. */
  ways(ways: readonly (readonly [from: Point, to: Point])[], condition: PairCondition, width: number): void {
    const { context } = this
    if (ways.length === 0) return
    context.beginPath()
    for (const [from, to] of ways) {
      context.moveTo(from.x, from.y)
      context.lineTo(to.x, to.y)
    }
    context.setLineDash([width * 2.5, width * 2])
    context.lineWidth = width
    context.globalAlpha = 0.7
    context.strokeStyle = this.colours.pair[condition]
    context.stroke()
    context.setLineDash([])
    context.globalAlpha = 1
  }

  /** Text with a halo, in the middle of the first of these places that is free; left out where none is. */
  label(places: readonly Point[], text: string, size: number, bold: boolean): void {
    const { context } = this
    context.font = `${bold ? 600 : 400} ${size}px ${this.font}`
    const width = this.widthOf(text)
    const at = places.find((place) => this.isFree(boxAround(place.x, place.y, width, size)))
    if (!at) return
    this.taken.take(boxAround(at.x, at.y, width, size))
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = size / 4
    context.strokeStyle = this.colours.halo
    context.strokeText(text, at.x, at.y)
    context.fillStyle = this.colours.label
    context.fillText(text, at.x, at.y)
  }

  /** On whole pixels of the device: a copy that need not be blended into its neighbours costs a fraction. */
  private copy({ image, size }: Sprite, x: number, y: number): void {
    const left = Math.round((x - size / 2) * this.density) / this.density
    const top = Math.round((y - size / 2) * this.density) / this.density
    this.context.drawImage(image, left, top, size, size)
  }

  /** Half a name at the edge of the picture is none. */
  private isFree(box: Box): boolean {
    return box.left >= 0 && box.top >= 0 && box.right <= this.width && box.bottom <= this.height && this.taken.isFree(box)
  }

  private ring(x: number, y: number, radius: number, width: number, colour: string): void {
    const { context } = this
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.lineWidth = width
    context.strokeStyle = colour
    context.stroke()
  }

  /** Measuring text is dear, and the names stay the same. */
  private widthOf(text: string): number {
    const key = `${this.context.font}/${text}`
    let width = this.widths.get(key)
    if (width === undefined) {
      width = this.context.measureText(text).width
      if (this.widths.size > 5_000) this.widths.clear()
      this.widths.set(key, width)
    }
    return width
  }
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }
}
