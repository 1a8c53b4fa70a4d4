import gcoord from 'gcoord'
import type { Position } from 'geojson'
import type { Location } from '../incidents/incident'
import type { Boundaries } from '../organisation/organisation'

/** The coordinate system in which a map's tiles are drawn. Everything of ours is WGS-84; Chinese providers draw in GCJ-02. */
export type Coordinates = 'WGS84' | 'GCJ02'

/** A place on the Mercator square, 0 to 1 from west to east and from north to south, in the coordinate system of the map. */
export interface World {
  readonly x: number
  readonly y: number
}

/** Degrees of the map from degrees of ours. */
export function toMapDegrees(lon: number, lat: number, coordinates: Coordinates): [lon: number, lat: number] {
  return coordinates === 'GCJ02' ? gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02) : [lon, lat]
}

/** Degrees of ours from degrees of the map. */
export function fromMapDegrees(lon: number, lat: number, coordinates: Coordinates): Location {
  const [ownLon, ownLat] = coordinates === 'GCJ02' ? gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) : [lon, lat]
  return { lat: ownLat, lon: ownLon }
}

export function worldOf({ lat, lon }: Location, coordinates: Coordinates): World {
  const [mapLon, mapLat] = toMapDegrees(lon, lat, coordinates)
  return { x: (mapLon + 180) / 360, y: 0.5 - Math.log(Math.tan(Math.PI / 4 + (mapLat * Math.PI) / 360)) / (2 * Math.PI) }
}

/** The boundaries as the map needs them; the same ones where nothing is to be converted. */
export function boundariesIn(boundaries: Boundaries, coordinates: Coordinates): Boundaries {
  if (coordinates === 'WGS84') return boundaries
  const ring = (corners: Position[]): Position[] => corners.map(([lon, lat]) => toMapDegrees(lon ?? 0, lat ?? 0, coordinates))
  return {
    ...boundaries,
    features: boundaries.features.map((feature) => ({
      ...feature,
      geometry: feature.geometry.type === 'Polygon'
        ? { ...feature.geometry, coordinates: feature.geometry.coordinates.map(ring) }
        : { ...feature.geometry, coordinates: feature.geometry.coordinates.map((polygon) => polygon.map(ring)) },
    })),
  }
}
