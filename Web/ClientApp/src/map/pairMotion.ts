import type { Location } from '../incidents/incident'
import type { PairPosition } from '../pairs/pair'
import type { World } from './coordinates'

interface Glide {
  /** What was reported last: a place may be one that goes on changing. */
  lat: number
  lon: number
  report: number | string
  fromX: number
  fromY: number
  toX: number
  toY: number
  startedAt: number
  lastsMs: number
  /** Shares of the world a millisecond. */
  speed: number
  round: number
}

const shortestMs = 800
const longestMs = 10_000
/** A jump this far, as a share of the world (about 2 km at our latitudes), is a new place and not a movement. */
const jump = 0.00006

/**
 * Lets pairs glide from one reported position to the next instead of jumping. A glide lasts as long as the last two
 * reports came apart, so the mark arrives about when the next report does. Times are milliseconds of any one clock.
 */
export class PairMotion {
  private readonly glides = new Map<string, Glide>()
  private round = 0
  private restsAt = 0
  private fastest = 0
  private settled = true

  constructor(private readonly world: (location: Location) => World) {}

  /**
   * Takes the newest positions, and the last known ones of pairs that are not in them; pairs that are in neither are forgotten. Those that did not report since cost next
   * to nothing.
   */
  update(positions: ReadonlyMap<string, PairPosition>, others: readonly (readonly [id: string, position: PairPosition])[], now: number): void {
    this.round++
    this.fastest = 0
    // Not as pairs of key and value, which would be twenty thousand arrays a second.
    positions.forEach((position, id) => this.aim(id, position, now))
    for (const [id, position] of others) this.aim(id, position, now)
    if (positions.size + others.length === this.glides.size) return
    this.settled = false
    for (const [id, { round }] of this.glides) if (round !== this.round) this.glides.delete(id)
  }

  /** Everything is placed anew at the next update. */
  clear(): void {
    this.glides.clear()
  }

  /** Where to draw the pair now; null where nobody knows. */
  at(id: string, now: number): World | null {
    const glide = this.glides.get(id)
    return glide ? placeOf(glide, now) : null
  }

  isMoving(now: number): boolean {
    return now < this.restsAt
  }

  /** Whether a picture made then and one made now differ by so much, as a share of the world, or by more than a glide: somebody came, went or is somewhere else. */
  hasMoved(then: number, now: number, share: number): boolean {
    return !this.settled || (then < this.restsAt && (Math.min(now, this.restsAt) - then) * this.fastest >= share)
  }

  /** A picture shows what there is. */
  shown(): void {
    this.settled = true
  }

  private aim(id: string, position: PairPosition, now: number): void {
    const old = this.glides.get(id)
    if (!old) {
      const { x, y } = this.world(position)
      this.glides.set(id, {
        lat: position.lat, lon: position.lon, report: reportOf(position), fromX: x, fromY: y, toX: x, toY: y, startedAt: now, lastsMs: 0, speed: 0, round: this.round,
      })
      this.settled = false
      return
    }
    old.round = this.round
    if (isNews(old, position)) this.turn(old, position, now)
    if (now < old.startedAt + old.lastsMs && old.speed > this.fastest) this.fastest = old.speed
  }

  private turn(old: Glide, position: PairPosition, now: number): void {
    const from = placeOf(old, now)
    const to = this.world(position)
    const way = Math.abs(from.x - to.x) + Math.abs(from.y - to.y)
    const jumps = way > jump
    if (jumps) this.settled = false
    old.lastsMs = jumps ? 0 : Math.min(longestMs, Math.max(shortestMs, now - old.startedAt))
    old.speed = jumps ? 0 : way / old.lastsMs
    old.lat = position.lat
    old.lon = position.lon
    old.report = reportOf(position)
    old.fromX = jumps ? to.x : from.x
    old.fromY = jumps ? to.y : from.y
    old.toX = to.x
    old.toY = to.y
    old.startedAt = now
    this.restsAt = Math.max(this.restsAt, now + old.lastsMs)
  }
}

/** When it was reported, in whichever way that is at hand. */
function reportOf(position: PairPosition): number | string {
  return position.atMs ?? position.at
}

function isNews(old: Glide, position: PairPosition): boolean {
  return old.lat !== position.lat || old.lon !== position.lon || old.report !== reportOf(position)
}

function placeOf(glide: Glide, now: number): World {
  const share = glide.lastsMs === 0 ? 1 : Math.min(1, (now - glide.startedAt) / glide.lastsMs)
  return { x: glide.fromX + (glide.toX - glide.fromX) * share, y: glide.fromY + (glide.toY - glide.fromY) * share }
}
