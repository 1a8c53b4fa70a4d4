import type { Location } from '../../incidents/incident'
import { metresBetween } from '../state/distance'

/** Never more often than this. */
export const leastMs = 5_000
/** Who stands still is heard of this often. */
export const stillMs = 60_000
/** Farther than a phone in a pocket wanders by itself. */
const movedMetres = 15

export interface Reported {
  readonly place: Location
  readonly at: number
}

/** Whether a position is worth sending: soon after a move, seldom while nothing moves. */
export function isDue(last: Reported | null, place: Location, now: number): boolean {
  if (!last) return true
  const passed = now - last.at
  return passed >= stillMs || (passed >= leastMs && metresBetween(last.place, place) >= movedMetres)
}
