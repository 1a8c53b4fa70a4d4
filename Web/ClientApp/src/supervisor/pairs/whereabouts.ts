import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { Location } from '../../incidents/incident'
import type { Boundaries } from '../../organisation/organisation'

/** The outline of a community, with the box around it, outside of which nobody needs to look closer. */
interface Outline {
  readonly communityId: string
  readonly polygons: readonly (readonly (readonly Position[])[])[]
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

function polygonsOf(geometry: Polygon | MultiPolygon): readonly (readonly (readonly Position[])[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

function outlineOf(communityId: string, geometry: Polygon | MultiPolygon): Outline {
  const polygons = polygonsOf(geometry)
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon = 0, lat = 0] of polygons.flatMap(([ring = []]) => ring)) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return { communityId, polygons, west, south, east, north }
}

/** Whether a ray to the east crosses the ring an odd number of times. */
function isInRing(ring: readonly Position[], { lat, lon }: Location): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [ring[i] ?? [], ring[j] ?? []]
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}

/** Finds the community of a place; null outside of all of them. */
export function locator({ features }: Boundaries): (place: Location) => string | null {
  const outlines = features.map(({ properties, geometry }) => outlineOf(properties.id, geometry))
  return (place) => outlines.find(({ polygons, west, south, east, north }) =>
    place.lon >= west && place.lon <= east && place.lat >= south && place.lat <= north
    && polygons.some(([outer = [], ...holes]) => isInRing(outer, place) && !holes.some((hole) => isInRing(hole, place))))?.communityId ?? null
}
