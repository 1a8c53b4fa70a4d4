import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { Coordinates } from './coordinates'

/** What the server says of the tiles under the boundaries. */
export interface MapSettings {
  readonly kind: 'none' | 'style' | 'pmTiles' | 'raster'
  readonly url: string | null
  readonly attribution: string | null
  readonly coordinates: Coordinates
}

/** What lies under the boundaries, ready to be drawn. */
export interface Ground {
  readonly sources: Readonly<Record<string, SourceSpecification>>
  readonly layers: readonly LayerSpecification[]
  readonly glyphs?: string
  readonly sprite?: NonNullable<StyleSpecification['sprite']>
  readonly coordinates: Coordinates
  readonly attribution: string | null
}

/** The boundaries alone: nothing is asked of anybody. */
export const bareGround: Ground = { sources: {}, layers: [], coordinates: 'WGS84', attribution: null }

/** The colours of the plain ground that change with the theme: layer, paint property, colour. */
export const themedGround = [
  ['ground-landcover', 'fill-color', 'map-land'],
  ['ground-landuse', 'fill-color', 'map-land'],
  ['ground-water', 'fill-color', 'map-water'],
  ['ground-buildings', 'fill-color', 'map-line'],
  ['ground-building', 'fill-color', 'map-line'],
  ['ground-roads', 'line-color', 'map-road'],
  ['ground-transportation', 'line-color', 'map-road'],
] as const
