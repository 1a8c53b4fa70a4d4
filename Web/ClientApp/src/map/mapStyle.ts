import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl'
import type { Boundaries } from '../organisation/organisation'
import { themeColour } from '../theme/theme'
import { activitySteps } from './activitySteps'
import { bareGround, type Ground } from './ground'
import { stationOutlines } from './stationOutlines'

/** Calm tints that tell neighbouring stations apart; they carry no meaning of their own. */
const stationTints = ['#4f86d9', '#3f9e8f', '#8a74c9', '#b0803f', '#4d9ac2', '#a1608f', '#6f9a4a', '#7d86a8']

/** Source of a spot that is hatched and not seen. */
export const spotSource = 'own-spot'

/** The sources that are ours and need nobody else. */
export const ownSources: ReadonlySet<string> = new Set(['communities', 'stations', spotSource])

/** Name of the pattern that is laid over communities where something is late. */
export const hatchName = 'own-hatch'

/** How they are hatched. */
export const hatchPaint = { 'fill-pattern': hatchName, 'fill-antialias': false } as const

/** The communities with these ids. */
export function isOneOf(ids: readonly string[]): ExpressionSpecification {
  return ['in', ['get', 'id'], ['literal', [...ids]]]
}

/** The map is drawn from the boundaries, over a ground of tiles where one is configured. Without it nothing is needed from the internet: no tiles, no glyphs. */
export function mapStyle(boundaries: Boundaries, ground: Ground = bareGround): StyleSpecification {
  return {
    version: 8,
    ...(ground.glyphs ? { glyphs: ground.glyphs } : {}),
    ...(ground.sprite ? { sprite: ground.sprite } : {}),
    sources: {
      ...ground.sources,
      communities: { type: 'geojson', data: boundaries, promoteId: 'id' },
      stations: { type: 'geojson', data: stationOutlines(boundaries) },
    },
    layers: [
      { id: 'own-ground', type: 'background', paint: { 'background-color': themeColour('map-ground') } },
      ...ground.layers,
      {
        id: 'own-communities',
        type: 'fill',
        source: 'communities',
        paint: { 'fill-color': tintOf(boundaries), 'fill-opacity': activityTint, 'fill-antialias': false },
      },
      { id: 'own-late', type: 'fill', source: 'communities', filter: isOneOf([]), paint: hatchPaint },
      {
        id: 'own-community-lines',
        type: 'line',
        source: 'communities',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': themeColour('map-line') },
      },
      {
        id: 'own-station-lines',
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
  ['own-ground', 'background-color', 'map-ground'],
  ['own-community-lines', 'line-color', 'map-line'],
  ['own-station-lines', 'line-color', 'map-station-line'],
] as const

/** Widths of the lines in rem, for they grow with the wall. */
export const lineWidths = [
  ['own-community-lines', 0.07],
  ['own-station-lines', 0.16],
] as const

const activityTint: ExpressionSpecification = [
  'step', ['coalesce', ['feature-state', 'open'], 0], activitySteps[0][1], ...activitySteps.slice(1).flat(),
] as unknown as ExpressionSpecification

function tintOf(boundaries: Boundaries): ExpressionSpecification | string {
  const stations = [...new Set(boundaries.features.map(({ properties }) => properties.stationId))].sort()
  if (stations.length === 0) return stationTints[0]!
  const cases = stations.flatMap((id, index) => [id, stationTints[index % stationTints.length]!])
  return ['match', ['get', 'stationId'], ...cases, stationTints[0]!] as unknown as ExpressionSpecification
}
