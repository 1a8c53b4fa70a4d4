import type { Map as BaseMap } from 'maplibre-gl'
import { computed, onUnmounted, shallowRef, watch, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { isAfterTick } from '../clock/serverClock'
import type { Incident, Location } from '../incidents/incident'
import { nameIn, type Community } from '../organisation/organisation'
import type { Pair, PairPosition } from '../pairs/pair'
import { currentTheme } from '../theme/theme'
import { cameraOf, tilePixels, type Camera } from './camera'
import { worldOf, type Coordinates, type World } from './coordinates'
import { incidentDots, pairDots, type MarkId, type Scene } from './mapScene'
import { MarkPainter, type Point } from './markPainter'
import { PairMotion } from './pairMotion'
import { markAt, paintScene, ringsOf, type Ring } from './scenePicture'

/** Pictures a second are bounded: a wall runs for weeks, and a glide needs no more. Between them the browser has nothing to draw. */
const shortestFrameMs = 50
/** Pixels that a mark must have moved before a new picture is worth its work: a wall that shows a whole city has glides slower than that. */
const seenPixels = 1
/** By so many it must not lag behind, whatever else there is to do. */
const latePixels = 2

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
  /** Where rings widen in the present picture. */
  readonly rings: Readonly<ShallowRef<readonly Ring[]>>
  /** Begins to draw on a canvas that lies over the map. */
  start(map: BaseMap, canvas: HTMLCanvasElement): void
  /** The canvas has a new size. */
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

  const rings = shallowRef<readonly Ring[]>([])

  let map: BaseMap | undefined
  let canvas: HTMLCanvasElement | undefined
  let painter: MarkPainter | undefined
  let size = { width: 0, height: 0, unit: 16 }
  let ticking: ReturnType<typeof setInterval> | undefined
  let paintedAt = 0
  let dirty = true
  let awaitingFrame = false

  function camera(of: BaseMap): Camera {
    const { lng, lat } = of.getCenter()
    return cameraOf(of, worldOf({ lat, lon: lng }, 'WGS84'), size.width, size.height)
  }

  function paint(now: number): void {
    if (!map || !painter) return
    const view = camera(map)
    dirty = false
    paintedAt = now
    motion.shown()
    rings.value = ringsOf(scene.value, view)
    painter.begin(size.width, size.height, devicePixelRatio)
    paintScene(painter, scene.value, motion, view, now, size.unit)
  }

  /** Slow movement is drawn while the clocks of the page have nothing to do: so much work is not in one frame then. */
  function isDue(now: number, scale: number): boolean {
    return dirty || motion.hasMoved(paintedAt, now, latePixels / scale) || (isAfterTick() && motion.hasMoved(paintedAt, now, seenPixels / scale))
  }

  function tick(): void {
    if (!map) return
    if (awaitingFrame || !isDue(performance.now(), tilePixels * 2 ** map.getZoom())) return
    // Once for each picture that the browser really shows: what is drawn in between is work for nobody, and piles up where the browser is slow.
    awaitingFrame = true
    requestAnimationFrame(() => {
      awaitingFrame = false
      paint(performance.now())
    })
  }

  /** Last known places of pairs whose present ones do not come; looked for when pairs or the number of those that come change, and not four times a second. */
  let unreported: readonly (readonly [string, PairPosition])[] = []
  let unreportedOf: { readonly pairs: readonly Pair[]; readonly reported: number } | null = null

  function place(): void {
    const { pairs: known, positions: reported } = input
    if (unreportedOf?.pairs !== known || unreportedOf.reported !== reported.size) {
      unreported = known.flatMap(({ id, position }) => (position && !reported.has(id) ? [[id, position] as const] : []))
      unreportedOf = { pairs: known, reported: reported.size }
    }
    motion.update(reported, unreported, performance.now())
  }

  watch(() => [input.positions, input.pairs], place, { immediate: true })
  watch(coordinates, () => {
    motion.clear()
    place()
    dirty = true
  })
  watch(scene, () => (dirty = true))
  watch(currentTheme, () => {
    painter?.renewColours()
    dirty = true
  })
  onUnmounted(() => {
    clearInterval(ticking)
    map = undefined
  })

  return {
    rings,
    start(base, over) {
      const context = over.getContext('2d')
      if (!context) return
      map = base
      canvas = over
      painter = new MarkPainter(context)
      ticking = setInterval(tick, shortestFrameMs)
    },
    resize() {
      if (!canvas) return
      size = { width: canvas.clientWidth, height: canvas.clientHeight, unit: rem() }
      canvas.width = Math.round(size.width * devicePixelRatio)
      canvas.height = Math.round(size.height * devicePixelRatio)
      paint(performance.now())
    },
    follow: () => paint(performance.now()),
    at: (point, reach) => (map ? markAt(scene.value, motion, camera(map), performance.now(), size.unit, point, reach) : null),
  }
}
