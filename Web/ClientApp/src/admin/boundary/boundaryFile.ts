import gcoord from 'gcoord'
import type { Geometry } from 'geojson'
import type { Named } from '../../organisation/organisation'

/** A feature of a file as it came. */
export interface FileFeature {
  readonly id: string
  readonly properties: Readonly<Record<string, string>>
  readonly geometry: Geometry | null
}

export interface BoundaryFile {
  readonly features: readonly FileFeature[]
  /** Names of the properties that any feature has, each with an example. */
  readonly properties: readonly { readonly name: string; readonly example: string }[]
}

export type FileFault = 'notJson' | 'notCollection' | 'empty'

/** Where a community's fields come from. `@id` is the feature's own id. */
export interface Mapping {
  readonly id: string
  readonly name: string
  /** Empty for none. */
  readonly nameEn: string
  /** A property that names the station; empty where all new communities go to {@link stationId}. */
  readonly station: string
  readonly stationId: string
  readonly crs: 'wgs84' | 'gcj02'
}

/** A community as it is sent. */
export interface Draft {
  readonly id: string
  readonly name: string
  readonly nameEn?: string
  readonly stationId: string
  readonly boundary: Geometry | null
}

export const ownId = '@id'

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function featureOf(value: unknown): FileFeature {
  const feature = isRecord(value) ? value : {}
  const properties: Record<string, string> = {}
  for (const [name, one] of Object.entries(isRecord(feature['properties']) ? feature['properties'] : {})) {
    const text = textOf(one)
    if (text !== null) properties[name] = text
  }
  const geometry = isRecord(feature['geometry']) ? (feature['geometry'] as unknown as Geometry) : null
  return { id: textOf(feature['id']) ?? '', properties, geometry }
}

/** Reads a file; what is wrong with its features is the server's to say. */
export function readBoundaryFile(text: string): BoundaryFile | FileFault {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return 'notJson'
  }
  if (!isRecord(value) || value['type'] !== 'FeatureCollection' || !Array.isArray(value['features'])) return 'notCollection'
  if (value['features'].length === 0) return 'empty'
  const features = value['features'].map(featureOf)
  const examples = new Map<string, string>()
  for (const { properties } of features) {
    for (const [name, one] of Object.entries(properties)) if (!examples.get(name)) examples.set(name, one)
  }
  return { features, properties: [...examples].map(([name, example]) => ({ name, example })) }
}

const guesses = {
  id: ['id', 'communityId', 'adcode', 'code', 'objectid', '编号', '代码'],
  name: ['name', 'nameZh', '名称', '社区', 'nhood', 'title'],
  nameEn: ['nameEn', 'name_en', 'name:en', '英文名称'],
  station: ['stationId', 'station', '派出所'],
}

/** The mapping that most files of this kind need. */
export function guessMapping(file: BoundaryFile, stations: readonly Named[]): Mapping {
  const names = file.properties.map(({ name }) => name)
  const find = (wanted: readonly string[]): string => wanted.map((one) => names.find((name) => name.toLowerCase() === one.toLowerCase())).find(Boolean) ?? ''
  return {
    id: find(guesses.id) || ownId,
    name: find(guesses.name) || (names[0] ?? ownId),
    nameEn: find(guesses.nameEn),
    station: find(guesses.station),
    stationId: stations[0]?.id ?? '',
    crs: 'wgs84',
  }
}

function stationOf(feature: FileFeature, mapping: Mapping, stations: readonly Named[], present: ReadonlyMap<string, string>, id: string): string {
  if (mapping.station === '') return present.get(id) ?? mapping.stationId
  const said = feature.properties[mapping.station] ?? ''
  return stations.find((station) => [station.id, station.name, station.nameEn].includes(said))?.id ?? said
}

/** What is sent for a file. `present` says to which station each community belongs that is there already. */
export function draftsOf(file: BoundaryFile, mapping: Mapping, stations: readonly Named[], present: ReadonlyMap<string, string>): Draft[] {
  const value = (feature: FileFeature, from: string): string => (from === ownId ? feature.id : (feature.properties[from] ?? ''))
  return file.features.map((feature) => {
    const id = value(feature, mapping.id)
    const nameEn = mapping.nameEn ? value(feature, mapping.nameEn) : ''
    return {
      id,
      name: value(feature, mapping.name),
      ...(nameEn ? { nameEn } : {}),
      stationId: stationOf(feature, mapping, stations, present, id),
      boundary: feature.geometry && mapping.crs === 'gcj02' ? inWgs84(feature.geometry) : feature.geometry,
    }
  })
}

/** Coordinates of any depth, each place turned into WGS-84. */
function turned(coordinates: unknown): unknown {
  if (!Array.isArray(coordinates)) return coordinates
  const [lon, lat] = coordinates as unknown[]
  return typeof lon === 'number' && typeof lat === 'number' ? gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) : coordinates.map(turned)
}

function inWgs84(geometry: Geometry): Geometry {
  return 'coordinates' in geometry ? ({ ...geometry, coordinates: turned(geometry.coordinates) } as Geometry) : geometry
}
