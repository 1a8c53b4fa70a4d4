import { expect, it } from 'vitest'
import type { Boundaries } from '../organisation/organisation'
import { boundsOf, stationOutlines } from './stationOutlines'

function square(id: string, stationId: string, west: number): Boundaries['features'][number] {
  const ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
  return { type: 'Feature', properties: { id, name: id, stationId }, geometry: { type: 'Polygon', coordinates: [ring] } }
}

const boundaries: Boundaries = {
  type: 'FeatureCollection',
  features: [square('a', 's1', 0), square('b', 's1', 1), square('c', 's2', 2)],
}

it('drops the edge between two communities of one station and keeps the one between stations', () => {
  const edges = stationOutlines(boundaries).features.map(({ properties, geometry }) => [properties.stationId, geometry.coordinates.length])
  expect(edges).toEqual([['s1', 6], ['s2', 4]])
})

it('spans all boundaries', () => {
  expect(boundsOf(boundaries)).toEqual([0, 0, 3, 1])
  expect(boundsOf({ type: 'FeatureCollection', features: [] })).toBeNull()
})
