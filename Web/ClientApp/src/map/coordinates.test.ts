import { describe, expect, it } from 'vitest'
import type { Boundaries } from '../organisation/organisation'
import { boundariesIn, fromMapDegrees, toMapDegrees, worldOf } from './coordinates'

/** Metres between two close places. */
function metres([lonA, latA]: readonly [number, number], [lonB, latB]: readonly [number, number]): number {
  const metresPerDegree = 111_320
  return Math.hypot((lonA - lonB) * metresPerDegree * Math.cos((latA * Math.PI) / 180), (latA - latB) * metresPerDegree)
}

describe('a map in GCJ-02', () => {
  it('shifts a place in Heze by some hundred metres', () => {
    const shift = metres(toMapDegrees(115.48, 35.23, 'GCJ02'), [115.48, 35.23])
    expect(shift).toBeGreaterThan(300)
    expect(shift).toBeLessThan(900)
  })

  it('brings a pick back to where it was, within a metre, all over the country', () => {
    for (let lat = 20; lat < 50; lat += 1.7) {
      for (let lon = 80; lon < 130; lon += 2.3) {
        const back = fromMapDegrees(...toMapDegrees(lon, lat, 'GCJ02'), 'GCJ02')
        expect(metres([back.lon, back.lat], [lon, lat]), `${lat}, ${lon}`).toBeLessThan(1)
      }
    }
  })

  it('converts boundaries with the marks, and leaves those of a map in WGS-84 as they are', () => {
    const boundaries: Boundaries = {
      type: 'FeatureCollection',
      features: [{
        type: 'Feature',
        properties: { id: 'c1', name: '社区', stationId: 's1' },
        geometry: { type: 'Polygon', coordinates: [[[115, 35], [115.1, 35], [115.1, 35.1], [115, 35]]] },
      }],
    }
    expect(boundariesIn(boundaries, 'WGS84')).toBe(boundaries)
    const geometry = boundariesIn(boundaries, 'GCJ02').features[0]!.geometry
    expect(geometry.coordinates[0]![0]).toEqual(toMapDegrees(115, 35, 'GCJ02'))
  })
})

it('places the middle of the world in the middle', () => {
  expect(worldOf({ lat: 0, lon: 0 }, 'WGS84').x).toBe(0.5)
  expect(worldOf({ lat: 0, lon: 0 }, 'WGS84').y).toBeCloseTo(0.5, 12)
  expect(worldOf({ lat: 66.51326, lon: 0 }, 'WGS84').y, 'as the web tiles have it').toBeCloseTo(0.25, 3)
})
