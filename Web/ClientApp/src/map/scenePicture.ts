import type { PairCondition } from '../pairs/pairCondition'
import { isSeen, xOn, yOn, type Camera } from './camera'
import type { MarkId, PairDot, Scene } from './mapScene'
import type { MarkPainter, PairAt, Point } from './markPainter'
import type { PairMotion } from './pairMotion'

/** Where more wait, only the most urgent have rings: if everything moves, nothing stands out. */
const mostRings = 12
/** Above so many pairs in sight their marks shrink and only those that matter keep their names. */
const crowd = 200

interface Seen extends PairAt {
  readonly pair: PairDot
}

/** Draws a scene. `rem` is the page's unit of size in pixels, so that marks grow with the wall. */
export function paintScene(painter: MarkPainter, scene: Scene, motion: PairMotion, camera: Camera, now: number, rem: number): void {
  const pairs = pairsInSight(scene, motion, camera, now, rem)
  const crowded = pairs.length > crowd
  const pairSize = crowded ? rem * 0.8 : rem * 1.3

  for (const condition of ['committed', 'enRoute'] as const) painter.ways(waysOf(pairs, condition, camera), condition, rem * 0.16)
  painter.pairs(pairs, pairSize, !crowded)
  for (const { pair, x, y } of pairs) {
    const rank = scene.suggested.get(pair.id)
    if (rank !== undefined) painter.suggestion(x, y, rem * 1.5, rank)
    if (isMark(scene.selected, 'pair', pair.id)) painter.selection(x, y, rem * 1.5)
  }
  paintIncidents(painter, scene, camera, rem)
  if (scene.candidate) painter.pin(xOn(camera, scene.candidate.x), yOn(camera, scene.candidate.y), rem * 1.6)

  for (const { x, y, name } of scene.labels) painter.label(communityPlaces(xOn(camera, x), yOn(camera, y), rem), name, rem * 1.2, false)
  for (const { pair, x, y } of pairs) {
    if (crowded && !scene.suggested.has(pair.id) && !isMark(scene.selected, 'pair', pair.id)) continue
    painter.label(pairPlaces(x, y, rem), pair.callSign, rem, true)
  }
}

function waysOf(pairs: readonly Seen[], condition: PairCondition, camera: Camera): [Point, Point][] {
  return pairs.flatMap((seen) => {
    const { goal } = seen.pair
    return goal && seen.pair.condition === condition ? [[seen, { x: xOn(camera, goal.x), y: yOn(camera, goal.y) }] as [Point, Point]] : []
  })
}

function paintIncidents(painter: MarkPainter, scene: Scene, camera: Camera, rem: number): void {
  for (const incident of scene.incidents) {
    const x = xOn(camera, incident.x)
    const y = yOn(camera, incident.y)
    if (!isSeen(camera, x, y, rem * 4)) continue
    painter.incident(x, y, incident.priority, rem * 2.2)
    if (isMark(scene.selected, 'incident', incident.id)) painter.selection(x, y, rem * 2.2)
  }
}

/** The mark under a place of the picture, incidents before pairs and the nearest first; null where there is none within `reach` pixels. */
export function markAt(scene: Scene, motion: PairMotion, camera: Camera, now: number, rem: number, at: Point, reach: number): MarkId | null {
  let nearest: MarkId | null = null
  let distance = reach
  const consider = (kind: MarkId['kind'], id: string, x: number, y: number): void => {
    const away = Math.max(Math.abs(x - at.x), Math.abs(y - at.y))
    if (away > distance) return
    distance = away
    nearest = { kind, id }
  }
  for (const { id, x, y } of scene.incidents) consider('incident', id, xOn(camera, x), yOn(camera, y))
  if (nearest) return nearest
  for (const { pair, x, y } of pairsInSight(scene, motion, camera, now, rem)) consider('pair', pair.id, x, y)
  return nearest
}

/** Where a ring widens around an incident. */
export interface Ring extends Point {
  readonly id: string
}

/** The waiting incidents around which rings widen. */
export function ringsOf(scene: Scene, camera: Camera): readonly Ring[] {
  return scene.incidents
    .filter(({ waiting }) => waiting)
    .slice(-mostRings)
    .map(({ id, x, y }) => ({ id, x: Math.round(xOn(camera, x)), y: Math.round(yOn(camera, y)) }))
}

function pairsInSight(scene: Scene, motion: PairMotion, camera: Camera, now: number, rem: number): Seen[] {
  const seen: Seen[] = []
  const arrived = new Map<string, number>()
  for (const pair of scene.pairs) {
    const place = motion.at(pair.id, now)
    if (!place) continue
    let x = xOn(camera, place.x)
    let y = yOn(camera, place.y)
    if (pair.goal) {
      // Those that have reached their incident stand at its shoulder, side by side, and not under its mark.
      const goalX = xOn(camera, pair.goal.x)
      const goalY = yOn(camera, pair.goal.y)
      if (Math.hypot(x - goalX, y - goalY) < rem * 1.6) {
        const before = arrived.get(pair.goal.id) ?? 0
        arrived.set(pair.goal.id, before + 1)
        x = goalX + rem * (1.6 + 1.2 * before)
        y = goalY - rem * 0.8
      }
    }
    if (isSeen(camera, x, y, rem * 2) || pair.goal) seen.push({ pair, x, y })
  }
  return seen
}

function isMark(mark: MarkId | null, kind: MarkId['kind'], id: string): boolean {
  return mark !== null && mark.kind === kind && mark.id === id
}

function communityPlaces(x: number, y: number, rem: number): Point[] {
  return [0, -2, 2, -3.2, 3.2].map((rows) => ({ x, y: y + rows * rem }))
}

function pairPlaces(x: number, y: number, rem: number): Point[] {
  return [
    { x, y: y + rem * 1.3 },
    { x, y: y - rem * 1.3 },
    { x: x + rem * 3, y },
    { x: x - rem * 3, y },
  ]
}
