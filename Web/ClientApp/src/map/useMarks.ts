import type { Map as BaseMap } from 'maplibre-gl'
import { computed, onUnmounted, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Incident, Location } from '../incidents/incident'
import { nameIn, type Community } from '../organisation/organisation'
import type { Pair, PairPosition } from '../pairs/pair'
import { currentTheme } from '../theme/theme'
import { cameraOf, tilePixels, type Camera } from './camera'
import { worldOf, type Coordinates, type World } from './coordinates'
import { incidentDots, pairDots, type MarkId, type Scene } from './mapScene'
import { MarkPainter, type Point } from './markPainter'
import { PairMotion } from './pairMotion'
import { markAt, paintPulses, paintScene, pulsing } from './scenePicture'

/** Pictures a second are bounded: a wall runs for weeks, and a glide needs no more. */
const shortestFrameMs = 50
/** Pixels that a mark must have moved before a new picture is worth its work: a wall that shows a whole city has glides slower than that. */
const seenPixels = 0.4

interface Layer {
  readonly canvas: HTMLCanvasElement
  readonly painter: MarkPainter
}

export interface MarksInput {
  readonly communities: readonly Community[]
  readonly incidents: readonly Incident[]
  readonly pairs: readonly Pair[]
  readonly positions: ReadonlyMap<string, PairPosition>
  readonly selected?: MarkId | null | undefined
  readonly candidate?: Location | null | undefined
  readonly suggested?: readonly string[] | undefined
}

export interface Marks {
  /** Begins to draw on canvases that lie over the map: the marks, and over them what pulses. */
  start(map: BaseMap, marks: HTMLCanvasElement, pulses: HTMLCanvasElement): void
  /** The canvases have a new size. */
  resize(): void
  /** Draws now, in the same frame as the map itself, for marks must not lag behind ground that moves. */
  follow(): void
  at(point: Point, reach: number): MarkId | null
}

/** The page's unit of size in pixels, so that lines and marks grow with the wall. */
export function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/** The marks over a map: gathers what is to be seen, and draws it while something moves or has changed. */
export function useMarks(input: MarksInput, coordinates: () => Coordinates, countsOf: () => ReadonlyMap<string, number>): Marks {
  const { t, locale } = useI18n()
  const world = (location: Location): World => worldOf(location, coordinates())
  const motion = new PairMotion(world)

  const labels = computed(() => input.communities.map((community) => {
    const name = nameIn(locale.value, community)
    const open = countsOf().get(community.id) ?? 0
    return { ...world(community.centre), name: open > 0 ? t('wall.map.label', { name, open }) : name }
  }))
  const incidents = computed(() => incidentDots(input.incidents, world))
  const pairs = computed(() => pairDots(input.pairs, incidents.value))
  const suggested = computed(() => new Map((input.suggested ?? []).map((id, index) => [id, index + 1])))
  const scene = computed((): Scene => ({
    labels: labels.value,
    incidents: incidents.value,
    pairs: pairs.value,
    selected: input.selected ?? null,
    suggested: suggested.value,
    candidate: input.candidate ? world(input.candidate) : null,
  }))

  const rings = computed(() => pulsing(scene.value))

  let map: BaseMap | undefined
  let layers: readonly Layer[] = []
  let size = { width: 0, height: 0, unit: 16 }
  let frame = 0
  let paintedAt = 0
  let pulsedAt = 0
  let dirty = true

  function camera(of: BaseMap): Camera {
    const { lng, lat } = of.getCenter()
    return cameraOf(of, worldOf({ lat, lon: lng }, 'WGS84'), size.width, size.height)
  }

  function paint(now: number, view: Camera): void {
    const [marks] = layers
    if (!marks) return
    dirty = false
    paintedAt = now
    motion.shown()
    marks.painter.begin(size.width, size.height, devicePixelRatio)
    paintScene(marks.painter, scene.value, motion, view, now, size.unit)
  }

  function pulse(now: number, view: Camera): void {
    const [, pulses] = layers
    // Where nothing pulses any more the last rings are wiped away once.
    if (!pulses || (rings.value.length === 0 && pulsedAt === 0)) return
    pulsedAt = rings.value.length === 0 ? 0 : now
    pulses.painter.begin(size.width, size.height, devicePixelRatio)
    paintPulses(pulses.painter, rings.value, view, now, size.unit)
  }

  function tick(now: number): void {
    frame = requestAnimationFrame(tick)
    if (!map) return
    const due = now - paintedAt >= shortestFrameMs
    const scale = tilePixels * 2 ** map.getZoom()
    if (due && (dirty || motion.hasMoved(paintedAt, now, seenPixels / scale))) paint(now, camera(map))
    if (now - pulsedAt >= shortestFrameMs) pulse(now, camera(map))
  }

  function* positions(): Iterable<readonly [string, PairPosition]> {
    yield* input.positions
    for (const { id, position } of input.pairs) if (position && !input.positions.has(id)) yield [id, position]
  }

  function place(): void {
    motion.update(positions(), performance.now())
  }

  watch(() => [input.positions, input.pairs], place, { immediate: true })
  watch(coordinates, () => {
    motion.clear()
    place()
    dirty = true
  })
  watch(scene, () => (dirty = true))
  watch(currentTheme, () => {
    for (const { painter } of layers) painter.renewColours()
    dirty = true
  })
  onUnmounted(() => cancelAnimationFrame(frame))

  function paintAll(): void {
    if (!map) return
    const now = performance.now()
    const view = camera(map)
    paint(now, view)
    pulse(now, view)
  }

  return {
    start(base, marks, pulses) {
      map = base
      layers = [marks, pulses].flatMap((canvas) => {
        const context = canvas.getContext('2d')
        return context ? [{ canvas, painter: new MarkPainter(context) }] : []
      })
      frame = requestAnimationFrame(tick)
    },
    resize() {
      const [marks] = layers
      if (!marks) return
      size = { width: marks.canvas.clientWidth, height: marks.canvas.clientHeight, unit: rem() }
      for (const { canvas } of layers) {
        canvas.width = Math.round(size.width * devicePixelRatio)
        canvas.height = Math.round(size.height * devicePixelRatio)
      }
      paintAll()
    },
    follow: paintAll,
    at: (point, reach) => (map ? markAt(scene.value, motion, camera(map), performance.now(), size.unit, point, reach) : null),
  }
}
