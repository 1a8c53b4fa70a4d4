import { isFinished, isWaiting, type Incident } from '../incidents/incident'
import type { Pair } from '../pairs/pair'
import { conditionOf } from '../pairs/pairCondition'
import type { MarkPainter, Point } from './markPainter'
import type { PairMotion } from './pairMotion'

export interface CommunityLabel {
  readonly lat: number
  readonly lon: number
  readonly name: string
}

/** Everything that one picture of the map shows over its boundaries. */
export interface Scene {
  readonly labels: readonly CommunityLabel[]
  readonly incidents: readonly Incident[]
  readonly pairs: readonly Pair[]
  readonly motion: PairMotion
}

const pulseMs = 1_600

/** Draws a scene. `rem` is the page's unit of size in pixels, so that marks grow with the wall. */
export function paintScene(painter: MarkPainter, scene: Scene, project: (lat: number, lon: number) => Point, now: number, rem: number): void {
  const open = scene.incidents.filter((incident) => incident.location && !isFinished(incident))
  const places = new Map(open.map((incident) => [incident.id, project(incident.location!.lat, incident.location!.lon)]))
  const pairs = scene.pairs.flatMap((pair) => {
    const place = pair.duty === 'onDuty' ? scene.motion.at(pair.id, now) : null
    if (!place) return []
    const at = project(place.lat, place.lon)
    const incident = pair.commitment ? places.get(pair.commitment.incidentId) : undefined
    return [{ pair, condition: conditionOf(pair), at: incident ? beside(at, incident, rem) : at }]
  })

  for (const { pair, condition, at } of pairs) {
    const goal = condition === 'committed' || condition === 'enRoute' ? places.get(pair.commitment!.incidentId) : undefined
    if (goal) painter.way(at, goal, condition, rem * 0.16)
  }
  for (const { condition, at } of pairs) painter.pair(at, condition, rem * 1.3)

  // The most urgent last, on top of the others.
  for (const incident of [...open].sort((a, b) => b.priority - a.priority)) {
    const at = places.get(incident.id)!
    if (isWaiting(incident)) painter.pulse(at, rem * 2.4, (now % pulseMs) / pulseMs)
    painter.incident(at, incident.priority, rem * 2.2)
  }

  for (const { lat, lon, name } of scene.labels) painter.label(communityPlaces(project(lat, lon), rem), name, rem * 1.2, false)
  for (const { pair, at } of pairs) painter.label(pairPlaces(at, rem), pair.callSign, rem, true)
}

/** A pair that has reached its incident stands at its shoulder and not under its mark. */
function beside(pair: Point, incident: Point, rem: number): Point {
  const near = Math.hypot(pair.x - incident.x, pair.y - incident.y) < rem * 1.6
  return near ? { x: incident.x + rem * 1.6, y: incident.y - rem * 0.8 } : pair
}

function communityPlaces({ x, y }: Point, rem: number): Point[] {
  return [0, -2, 2, -3.2, 3.2].map((rows) => ({ x, y: y + rows * rem }))
}

function pairPlaces({ x, y }: Point, rem: number): Point[] {
  return [
    { x, y: y + rem * 1.3 },
    { x, y: y - rem * 1.3 },
    { x: x + rem * 3, y },
    { x: x - rem * 3, y },
  ]
}

/** Whether the next picture differs from this one without any news: something pulses or glides. */
export function isAlive(scene: Scene, now: number): boolean {
  return scene.motion.isMoving(now) || scene.incidents.some((incident) => incident.location !== null && isWaiting(incident))
}
