import type { Priority } from '../incidents/incident'
import { priorityShapes } from '../incidents/priorityShape'
import { pairConditions, type PairCondition } from '../pairs/pairCondition'
import { pairShapes } from '../pairs/pairShape'
import { themeColour } from '../theme/theme'

/** A place on the canvas, in CSS pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
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

/** Colours of the present theme, read once per theme and not once per mark. */
function readPalette() {
  return {
    priority: { 1: themeColour('p1'), 2: themeColour('p2'), 3: themeColour('p3'), 4: themeColour('p4') },
    onPriority: { 1: themeColour('on-p1'), 2: themeColour('on-p2'), 3: themeColour('on-p3'), 4: themeColour('on-p4') },
    pair: Object.fromEntries(pairConditions.map((name) => [name, themeColour(`pair-${name}`)])) as Record<PairCondition, string>,
    onMark: themeColour('on-mark'),
    label: themeColour('map-label'),
    halo: themeColour('map-halo'),
    waiting: themeColour('map-waiting'),
  }
}

/** Draws the marks and labels of one picture. Labels give way to marks and to labels drawn before them. */
export class MarkPainter {
  private palette = readPalette()
  private taken: Box[] = []
  private readonly font = getComputedStyle(document.documentElement).fontFamily

  constructor(private readonly context: CanvasRenderingContext2D) {}

  renewColours(): void {
    this.palette = readPalette()
  }

  /** Begins a picture. `density` is device pixels per CSS pixel. */
  begin(width: number, height: number, density: number): void {
    this.taken = []
    this.context.setTransform(density, 0, 0, density, 0, 0)
    this.context.clearRect(0, 0, width, height)
  }

  incident(at: Point, priority: Priority, size: number): void {
    this.inBox(at, size, () => {
      const { context, palette } = this
      context.strokeStyle = palette.halo
      context.lineWidth = 3
      context.lineJoin = 'round'
      context.stroke(priorityPaths[priority])
      context.fillStyle = palette.priority[priority]
      context.fill(priorityPaths[priority])
      context.fillStyle = palette.onPriority[priority]
      context.font = `800 11px ${this.font}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText(String(priority), 12, priorityShapes[priority].textY)
    })
    this.take(at, size, size)
  }

  /** A ring that widens around an incident nobody has been sent to. `phase` runs from 0 to 1. */
  pulse(at: Point, size: number, phase: number): void {
    const { context } = this
    context.beginPath()
    context.arc(at.x, at.y, size * (0.5 + phase * 0.9), 0, 2 * Math.PI)
    context.globalAlpha = 1 - phase
    context.lineWidth = size * 0.12
    context.strokeStyle = this.palette.waiting
    context.stroke()
    context.globalAlpha = 1
  }

  pair(at: Point, condition: PairCondition, size: number): void {
    this.inBox(at, size, () => {
      const { context } = this
      const colour = this.palette.pair[condition]
      const { outline, strokes } = pairPaths[condition]
      const { filled } = pairShapes[condition]
      context.lineCap = 'round'
      context.lineJoin = 'round'
      context.strokeStyle = this.palette.halo
      context.lineWidth = filled ? 3 : 5
      context.stroke(outline)
      context.fillStyle = filled ? colour : this.palette.halo
      context.fill(outline)
      context.strokeStyle = filled ? this.palette.onMark : colour
      context.lineWidth = 2.6
      if (!filled) context.stroke(outline)
      context.stroke(strokes)
    })
    this.take(at, size, size)
  }

  /** The dotted way from a pair to its incident. */
  way(from: Point, to: Point, condition: PairCondition, width: number): void {
    const { context } = this
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    context.setLineDash([width * 2.5, width * 2])
    context.lineWidth = width
    context.globalAlpha = 0.7
    context.strokeStyle = this.palette.pair[condition]
    context.stroke()
    context.setLineDash([])
    context.globalAlpha = 1
  }

  /** Text with a halo, in the middle of the first of these places that is free; left out where none is. */
  label(places: readonly Point[], text: string, size: number, bold: boolean): void {
    const { context } = this
    context.font = `${bold ? 600 : 400} ${size}px ${this.font}`
    const width = context.measureText(text).width
    const at = places.find((place) => this.isFree(boxAround(place, width, size)))
    if (!at) return
    this.take(at, width, size)
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = size / 4
    context.strokeStyle = this.palette.halo
    context.strokeText(text, at.x, at.y)
    context.fillStyle = this.palette.label
    context.fillText(text, at.x, at.y)
  }

  private inBox(at: Point, size: number, draw: () => void): void {
    const { context } = this
    context.save()
    context.translate(at.x - size / 2, at.y - size / 2)
    context.scale(size / 24, size / 24)
    draw()
    context.restore()
  }

  private isFree(box: Box): boolean {
    return this.taken.every((other) =>
      box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top)
  }

  private take(at: Point, width: number, height: number): void {
    this.taken.push(boxAround(at, width, height))
  }
}

function boxAround(at: Point, width: number, height: number): Box {
  return { left: at.x - width / 2, right: at.x + width / 2, top: at.y - height / 2, bottom: at.y + height / 2 }
}
