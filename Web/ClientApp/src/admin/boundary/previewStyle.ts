import type { Geometry, Position } from 'geojson'
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Location } from '../../incidents/incident'
import type { FeatureState } from './plan'

export interface PreviewFeature {
  readonly geometry: Geometry | null
  readonly state: FeatureState
  /** Where on the map something is wrong. */
  readonly at?: Location | null
}

/** Dashes tell what colours tell, in the widths of the line. */
const dashes: Readonly<Record<FeatureState, number[] | null>> = { added: null, changed: [4, 1.5], removed: [1.5, 1.5], fault: [5, 1, 1, 1], unchanged: null }
const widths: Readonly<Record<FeatureState, number>> = { added: 2, changed: 2, removed: 2, fault: 3, unchanged: 1 }

export function stateColours(colour: (name: string) => string): ExpressionSpecification {
  return ['match', ['get', 'state'], 'added', colour('good'), 'changed', colour('warn'), 'removed', colour('pair-committed'), 'fault', colour('bad'), colour('ink-3')]
}

export function previewStyle(colour: (name: string) => string): StyleSpecification {
  const line = (state: FeatureState): LayerSpecification => ({
    id: `lines-${state}`,
    type: 'line',
    source: 'boundaries',
    filter: ['==', ['get', 'state'], state],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': stateColours(colour), 'line-width': widths[state], ...(dashes[state] ? { 'line-dasharray': dashes[state] } : {}) },
  })
  return {
    version: 8,
    sources: { boundaries: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('map-ground') } },
      { id: 'fills', type: 'fill', source: 'boundaries', paint: { 'fill-color': stateColours(colour), 'fill-opacity': 0.16 } },
      ...(['unchanged', 'added', 'changed', 'removed', 'fault'] as const).map(line),
    ],
  }
}

function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Polygon': return geometry.coordinates.flat()
    case 'MultiPolygon': return geometry.coordinates.flat(2)
    case 'LineString': return geometry.coordinates
    case 'Point': return [geometry.coordinates]
    default: return []
  }
}

/** West, south, east, north, within the world; null where there is nothing. */
export function boundsOfGeometries(geometries: readonly Geometry[]): [number, number, number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of geometries.flatMap(positionsOf)) {
    if (lon === undefined || lat === undefined || Math.abs(lon) > 180 || Math.abs(lat) > 85) continue
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return west <= east ? [west, south, east, north] : null
}
