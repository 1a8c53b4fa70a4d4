import type { PairPosition } from '../pairs/pair'

interface Glide {
  fromLat: number
  fromLon: number
  toLat: number
  toLon: number
  startedAt: number
  lastsMs: number
  fixAt: string
}

const shortestMs = 800
const longestMs = 10_000
/** A jump this far, in degrees (about 2 km), is a new place and not a movement. */
const jumpDegrees = 0.02

/**
 * Lets pairs glide from one reported position to the next instead of jumping. A glide lasts about as long as the pair's reports are
 * apart, so the mark arrives when the next report does.
 */
export class PairMotion {
  private readonly glides = new Map<string, Glide>()

  /** Takes the newest positions; pairs that are not in them are forgotten. Times are milliseconds of any one clock. */
  update(positions: ReadonlyMap<string, PairPosition>, now: number): void {
    for (const id of this.glides.keys()) if (!positions.has(id)) this.glides.delete(id)
    for (const [id, position] of positions) this.aim(id, position, now)
  }

  /** Where to draw the pair now. */
  at(id: string, now: number): { lat: number; lon: number } | null {
    const glide = this.glides.get(id)
    if (!glide) return null
    const share = glide.lastsMs === 0 ? 1 : Math.min(1, (now - glide.startedAt) / glide.lastsMs)
    return {
      lat: glide.fromLat + (glide.toLat - glide.fromLat) * share,
      lon: glide.fromLon + (glide.toLon - glide.fromLon) * share,
    }
  }

  isMoving(now: number): boolean {
    for (const glide of this.glides.values()) if (now < glide.startedAt + glide.lastsMs) return true
    return false
  }

  private aim(id: string, { lat, lon, at }: PairPosition, now: number): void {
    const old = this.glides.get(id)
    if (old && old.fixAt === at && old.toLat === lat && old.toLon === lon) return
    const from = this.at(id, now)
    const jumps = !old || !from || Math.abs(from.lat - lat) + Math.abs(from.lon - lon) > jumpDegrees
    const apart = old ? Date.parse(at) - Date.parse(old.fixAt) : 0
    this.glides.set(id, {
      fromLat: jumps ? lat : from.lat,
      fromLon: jumps ? lon : from.lon,
      toLat: lat,
      toLon: lon,
      startedAt: now,
      lastsMs: jumps ? 0 : Math.min(longestMs, Math.max(shortestMs, apart || 0)),
      fixAt: at,
    })
  }
}
