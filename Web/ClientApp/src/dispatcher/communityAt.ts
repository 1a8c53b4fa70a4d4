import type { Position } from 'geojson'
import type { Location } from '../incidents/incident'
import type { Boundaries } from '../organisation/organisation'

/** The community a place lies in by the boundaries; null where it is outside of all. The server has the last word. */
export function communityAt(boundaries: Boundaries, { lat, lon }: Location): string | null {
  for (const { geometry, properties } of boundaries.features) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    if (polygons.some(([outer, ...holes]) => outer && isWithin(outer, lat, lon) && !holes.some((hole) => isWithin(hole, lat, lon)))) return properties.id
  }
  return null
}

/** Counts how often a ray to the east crosses the ring. */
function isWithin(ring: readonly Position[], lat: number, lon: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? []
    const [x2 = 0, y2 = 0] = ring[j] ?? []
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
