import type { Priority } from '../incidents/incident'
import { priorityShapes } from '../incidents/priorityShape'
import { pairConditions, type PairCondition } from '../pairs/pairCondition'
import { pairShapes } from '../pairs/pairShape'
import { MarkPixels } from './crowdPicture'
import type { MarkColours } from './markColours'

/** Of the mark's own size, for halos that reach over its box. */
const margin = 0.25

type Draw = (context: OffscreenCanvasRenderingContext2D, colours: MarkColours, font: string) => void

/** A mark drawn once. */
export interface Sprite {
  readonly image: ImageBitmap
  /** Of image and margin together, in CSS pixels. */
  readonly size: number
}

const priorityPaths = Object.fromEntries(
  Object.entries(priorityShapes).map(([priority, { path }]) => [priority, new Path2D(path)]),
) as Record<Priority, Path2D>

const pairPaths = Object.fromEntries(
  pairConditions.map((condition) => {
    const { outline, strokes } = pairShapes[condition]
    return [condition, { outline: new Path2D(outline), strokes: new Path2D(strokes) }]
  }),
) as Record<PairCondition, { outline: Path2D; strokes: Path2D }>

/** Marks are drawn once for each size and theme, and copied from then on: a picture may have thousands of them. */
export class MarkSprites {
  private readonly sprites = new Map<string, Sprite>()
  private readonly pixels = new Map<PairCondition, MarkPixels>()
  private pixelSize = 0
  private density = 0
  private readonly font = getComputedStyle(document.documentElement).fontFamily

  constructor(private colours: MarkColours) {}

  renew(colours: MarkColours): void {
    this.colours = colours
    this.sprites.clear()
    this.pixels.clear()
  }

  /** `density` is device pixels per CSS pixel. */
  begin(density: number): void {
    if (this.density !== density) {
      this.sprites.clear()
      this.pixels.clear()
    }
    this.density = density
  }

  incident(priority: Priority, size: number): Sprite {
    return this.get(`incident/${priority}/${size}`, size, (context, colours, font) => drawIncident(context, colours, font, priority))
  }

  pair(condition: PairCondition, size: number): Sprite {
    return this.get(`pair/${condition}/${size}`, size, (context, colours) => drawPair(context, colours, condition))
  }

  /** The mark of a pair as pixels; of one size at a time. */
  pairPixels(condition: PairCondition, size: number): MarkPixels {
    if (this.pixelSize !== size) this.pixels.clear()
    this.pixelSize = size
    let known = this.pixels.get(condition)
    if (!known) {
      const { width: side, context } = this.draw(size, (on, colours) => drawPair(on, colours, condition))
      known = new MarkPixels(new Uint32Array(context.getImageData(0, 0, side, side).data.buffer), side)
      this.pixels.set(condition, known)
    }
    return known
  }

  private draw(size: number, draw: Draw): { readonly canvas: OffscreenCanvas; readonly context: OffscreenCanvasRenderingContext2D; readonly width: number } {
    const width = Math.max(1, Math.ceil(size * (1 + 2 * margin) * this.density))
    const canvas = new OffscreenCanvas(width, width)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser draws no marks off the screen.')
    const scale = (size / 24) * this.density
    context.setTransform(scale, 0, 0, scale, size * margin * this.density, size * margin * this.density)
    draw(context, this.colours, this.font)
    return { canvas, context, width }
  }

  private get(key: string, size: number, draw: Draw): Sprite {
    const known = this.sprites.get(key)
    if (known) return known
    const { canvas, width } = this.draw(size, draw)
    const sprite = { image: canvas.transferToImageBitmap(), size: width / this.density }
    // A wall keeps its sizes; a map that is looked at for long at many of them must not keep all.
    if (this.sprites.size > 200) this.sprites.clear()
    this.sprites.set(key, sprite)
    return sprite
  }
}

function drawIncident(context: OffscreenCanvasRenderingContext2D, colours: MarkColours, font: string, priority: Priority): void {
  context.strokeStyle = colours.halo
  context.lineWidth = 3
  context.lineJoin = 'round'
  context.stroke(priorityPaths[priority])
  context.fillStyle = colours.priority[priority]
  context.fill(priorityPaths[priority])
  context.fillStyle = colours.onPriority[priority]
  context.font = `800 11px ${font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(String(priority), 12, priorityShapes[priority].textY)
}

function drawPair(context: OffscreenCanvasRenderingContext2D, colours: MarkColours, condition: PairCondition): void {
  const colour = colours.pair[condition]
  const { outline, strokes } = pairPaths[condition]
  const { filled } = pairShapes[condition]
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.strokeStyle = colours.halo
  context.lineWidth = filled ? 3 : 5
  context.stroke(outline)
  context.fillStyle = filled ? colour : colours.halo
  context.fill(outline)
  context.strokeStyle = filled ? colours.onMark : colour
  context.lineWidth = 2.6
  if (!filled) context.stroke(outline)
  context.stroke(strokes)
}
