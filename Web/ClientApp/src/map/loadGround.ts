import { addProtocol, type LayerSpecification, type StyleSpecification } from 'maplibre-gl'
import { callApi } from '../api/http'
import { themeColour } from '../theme/theme'
import { bareGround, type Ground, type MapSettings } from './ground'

export function loadMapSettings(): Promise<MapSettings> {
  return callApi('/map')
}

/** Fetches what the ground needs before it can be drawn. Throws where it cannot be had. */
export async function loadGround({ kind, url, attribution, coordinates }: MapSettings): Promise<Ground> {
  const common = { coordinates, attribution }
  if (kind === 'none' || url === null) return { ...bareGround, ...common }
  if (kind === 'raster') return { ...common, ...rasterGround(absolute(url)) }
  return kind === 'style' ? { ...common, ...(await styleGround(url, attribution)) } : { ...common, ...(await archiveGround(absolute(url))) }
}

/** Tiles are asked for by a worker, to which an address of this server alone means nothing. */
function absolute(url: string): string {
  return url.startsWith('/') ? location.origin + url : url
}

function rasterGround(url: string): Pick<Ground, 'sources' | 'layers'> {
  return {
    sources: { ground: { type: 'raster', tiles: [url], tileSize: 256 } },
    layers: [{ id: 'ground-tiles', type: 'raster', source: 'ground' }],
  }
}

async function styleGround(url: string, attribution: string | null): Promise<Omit<Ground, 'coordinates'>> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The style answered ${response.status}.`)
  const style = (await response.json()) as StyleSpecification
  const own = Object.values(style.sources).flatMap((source) => 'attribution' in source && source.attribution ? [plainText(source.attribution)] : [])
  return {
    sources: style.sources,
    layers: style.layers,
    ...(style.glyphs ? { glyphs: style.glyphs } : {}),
    ...(style.sprite ? { sprite: style.sprite } : {}),
    attribution: attribution ?? (own.length > 0 ? [...new Set(own)].join(' · ') : null),
  }
}

/** Attributions of others are HTML; only their words are shown. */
function plainText(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''
}

let protocolAdded = false

async function archiveGround(url: string): Promise<Pick<Ground, 'sources' | 'layers'>> {
  const { PMTiles, Protocol, TileType } = await import('pmtiles')
  const archive = new PMTiles(url)
  const header = await archive.getHeader()
  if (!protocolAdded) {
    const protocol = new Protocol()
    addProtocol('pmtiles', async (request, abort) => ({ data: (await protocol.tilev4(request, abort)).data as object }))
    protocolAdded = true
  }
  const source = { url: `pmtiles://${url}` }
  if (header.tileType !== TileType.Mvt) {
    return {
      sources: { ground: { type: 'raster', tileSize: 256, ...source } },
      layers: [{ id: 'ground-tiles', type: 'raster', source: 'ground' }],
    }
  }
  const metadata = (await archive.getMetadata()) as { vector_layers?: { id: string }[] }
  const known = new Set((metadata.vector_layers ?? []).map(({ id }) => id))
  return { sources: { ground: { type: 'vector', ...source } }, layers: plainLayers().filter((layer) => known.has(String(layer['source-layer']))) }
}

type DrawnLayer = Extract<LayerSpecification, { type: 'fill' | 'line' }>

/** A calm ground from the layers that the usual archives have (Protomaps, OpenMapTiles): land, water, roads, houses; no words, which would need fonts from the internet. */
function plainLayers(): DrawnLayer[] {
  const fill = (layer: string, colour: string, opacity: number): DrawnLayer => ({
    id: `ground-${layer}`, type: 'fill', source: 'ground', 'source-layer': layer,
    paint: { 'fill-color': themeColour(colour), 'fill-opacity': opacity },
  })
  const line = (layer: string, colour: string): DrawnLayer => ({
    id: `ground-${layer}`, type: 'line', source: 'ground', 'source-layer': layer,
    paint: { 'line-color': themeColour(colour), 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 8, 0.4, 18, 12], 'line-opacity': 0.5 },
  })
  return [
    fill('landcover', 'map-land', 0.35), fill('landuse', 'map-land', 0.35), fill('water', 'map-water', 0.8),
    fill('buildings', 'map-line', 0.35), fill('building', 'map-line', 0.35), line('roads', 'map-road'), line('transportation', 'map-road'),
  ]
}
