import type { Feature, FeatureCollection, MultiLineString, Position } from 'geojson'
import type { Boundaries } from '../organisation/organisation'

/** About 0.1 m: closer corners are the same corner. */
const cornerDigits = 6

function cornerKey([lon, lat]: Position): string {
  return `${lon!.toFixed(cornerDigits)},${lat!.toFixed(cornerDigits)}`
}

function ringsOf(boundaries: Boundaries['features'][number]): Position[][] {
  const { geometry } = boundaries
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

/**
 * The outline of each station, from the outlines of its communities: an edge that two communities of one station share lies
 * inside it and is dropped.
 */
export function stationOutlines(boundaries: Boundaries): FeatureCollection<MultiLineString, { stationId: string }> {
  const edgesByStation = new Map<string, Map<string, Position[]>>()
  for (const community of boundaries.features) {
    const { stationId } = community.properties
    const edges = edgesByStation.get(stationId) ?? new Map<string, Position[]>()
    edgesByStation.set(stationId, edges)
    for (const ring of ringsOf(community)) {
      for (let i = 1; i < ring.length; i++) {
        const [from, to] = [ring[i - 1]!, ring[i]!]
        const key = [cornerKey(from), cornerKey(to)].sort().join(' ')
        if (!edges.delete(key)) edges.set(key, [from, to])
      }
    }
  }
  const features = [...edgesByStation].map(([stationId, edges]): Feature<MultiLineString, { stationId: string }> => ({
    type: 'Feature',
    properties: { stationId },
    geometry: { type: 'MultiLineString', coordinates: [...edges.values()] },
  }))
  return { type: 'FeatureCollection', features }
}

/** West, south, east, north of all boundaries; null where there are none. */
export function boundsOf(boundaries: Boundaries): [number, number, number, number] | null {
  const corners = boundaries.features.flatMap((community) => ringsOf(community).flat())
  if (corners.length === 0) return null
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of corners) {
    bounds[0] = Math.min(bounds[0], lon!)
    bounds[1] = Math.min(bounds[1], lat!)
    bounds[2] = Math.max(bounds[2], lon!)
    bounds[3] = Math.max(bounds[3], lat!)
  }
  return bounds
}
