import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl'
import type { Boundaries } from '../organisation/organisation'
import { themeColour } from '../theme/theme'
import { stationOutlines } from './stationOutlines'

/** Calm tints that tell neighbouring stations apart; they carry no meaning of their own. */
const stationTints = ['#4f86d9', '#3f9e8f', '#8a74c9', '#b0803f', '#4d9ac2', '#a1608f', '#6f9a4a', '#7d86a8']

/** The map is drawn from the boundaries alone: no tiles, no glyphs, nothing from the internet. */
export function mapStyle(boundaries: Boundaries): StyleSpecification {
  return {
    version: 8,
    sources: {
      communities: { type: 'geojson', data: boundaries, promoteId: 'id' },
      stations: { type: 'geojson', data: stationOutlines(boundaries) },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': themeColour('map-ground') } },
      {
        id: 'communities',
        type: 'fill',
        source: 'communities',
        paint: { 'fill-color': tintOf(boundaries), 'fill-opacity': openIncidentsTint, 'fill-antialias': false },
      },
      {
        id: 'community-lines',
        type: 'line',
        source: 'communities',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': themeColour('map-line') },
      },
      {
        id: 'station-lines',
        type: 'line',
        source: 'stations',
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': themeColour('map-station-line') },
      },
    ],
  }
}

/** The colours that change with the theme: layer, paint property, colour. */
export const themedPaint = [
  ['ground', 'background-color', 'map-ground'],
  ['community-lines', 'line-color', 'map-line'],
  ['station-lines', 'line-color', 'map-station-line'],
] as const

/** Widths of the lines in rem, for they grow with the wall. */
export const lineWidths = [
  ['community-lines', 0.07],
  ['station-lines', 0.16],
] as const

/** The more open incidents in a community, the stronger its tint. */
const openIncidentsTint: ExpressionSpecification = [
  'interpolate', ['linear'], ['coalesce', ['feature-state', 'open'], 0], 0, 0.14, 1, 0.3, 3, 0.46, 6, 0.6,
]

function tintOf(boundaries: Boundaries): ExpressionSpecification | string {
  const stations = [...new Set(boundaries.features.map(({ properties }) => properties.stationId))].sort()
  if (stations.length === 0) return stationTints[0]!
  const cases = stations.flatMap((id, index) => [id, stationTints[index % stationTints.length]!])
  return ['match', ['get', 'stationId'], ...cases, stationTints[0]!] as unknown as ExpressionSpecification
}
