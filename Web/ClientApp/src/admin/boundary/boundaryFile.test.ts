import { describe, expect, it } from 'vitest'
import { draftsOf, guessMapping, readBoundaryFile, type BoundaryFile } from './boundaryFile'

const square = { type: 'Polygon', coordinates: [[[115, 35], [115.1, 35], [115.1, 35.1], [115, 35]]] }
const stations = [{ id: 'north', name: '北所', nameEn: 'North' }, { id: 'south', name: '南所' }]

function read(value: unknown): BoundaryFile {
  const file = readBoundaryFile(JSON.stringify(value))
  if (typeof file === 'string') throw new Error(file)
  return file
}

const collection = (...features: unknown[]): unknown => ({ type: 'FeatureCollection', features })
const feature = (id: unknown, properties: unknown, geometry: unknown = square): unknown => ({ type: 'Feature', id, properties, geometry })

describe('a file of boundaries', () => {
  it.each([['nonsense', 'notJson'], ['[]', 'notCollection'], ['{"type":"Feature"}', 'notCollection'], ['{"type":"FeatureCollection","features":[]}', 'empty']])(
    '%s is %s', (text, fault) => expect(readBoundaryFile(text)).toBe(fault))

  it('guesses where id, name and station are', () => {
    const file = read(collection(feature('x', { adcode: 371702, name: '牡丹区', 派出所: '南所', cp: [1, 2] })))
    expect(guessMapping(file, stations)).toEqual({ id: 'adcode', name: 'name', nameEn: '', station: '派出所', stationId: 'north', crs: 'wgs84' })
    expect(draftsOf(file, guessMapping(file, stations), stations, new Map())).toEqual([{ id: '371702', name: '牡丹区', stationId: 'south', boundary: square }])
  })

  it('falls back to the feature’s own id, and leaves a community where it is', () => {
    const file = read(collection(feature(7, { label: 'A' }), feature('new', { label: 'B' })))
    const mapping = { ...guessMapping(file, stations), name: 'label' }
    expect(draftsOf(file, mapping, stations, new Map([['7', 'south']])).map(({ id, stationId }) => [id, stationId])).toEqual([['7', 'south'], ['new', 'north']])
  })

  it('sends what is missing as it is, for the server to say', () => {
    const file = read(collection({ type: 'Feature' }, null))
    expect(draftsOf(file, guessMapping(file, stations), stations, new Map())).toEqual([
      { id: '', name: '', stationId: 'north', boundary: null }, { id: '', name: '', stationId: 'north', boundary: null },
    ])
  })

  it('turns GCJ-02 into WGS-84 without touching the file', () => {
    const file = read(collection(feature('a', { name: 'A' })))
    const [draft] = draftsOf(file, { ...guessMapping(file, stations), crs: 'gcj02' }, stations, new Map())
    const [lon, lat] = (draft?.boundary as typeof square).coordinates[0]?.[0] ?? []
    expect(Math.abs((lon ?? 0) - 115)).toBeGreaterThan(0.003)
    expect(Math.abs((lat ?? 0) - 35)).toBeLessThan(0.01)
    expect(file.features[0]?.geometry).toEqual(square)
  })
})
