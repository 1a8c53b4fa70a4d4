import { expect, it } from 'vitest'
import type { SeenPair } from '../useStations'
import { dayAfter, minutesOf, stripOf, ticksOf, type DayTime } from './history'
import { isShown, pairLines, type PairContext } from './pairLines'
import { locator } from './whereabouts'

const square = (id: string, west: number) => ({
  type: 'Feature' as const, properties: { id, name: id, stationId: 's' },
  geometry: { type: 'Polygon' as const, coordinates: [[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]], ...(id === 'holed' ? [[[west + 0.4, 0.4], [west + 0.6, 0.4], [west + 0.6, 0.6], [west + 0.4, 0.6], [west + 0.4, 0.4]]] : [])] },
})

it('finds the community of a place, and none in a hole or outside', () => {
  const find = locator({ type: 'FeatureCollection', features: [square('a', 0), square('holed', 1)] })
  expect([find({ lat: 0.5, lon: 0.5 }), find({ lat: 0.1, lon: 1.5 }), find({ lat: 0.5, lon: 1.5 }), find({ lat: 2, lon: 0.5 })]).toEqual(['a', 'holed', null, null])
})

const pair = (id: string, more: Partial<SeenPair> = {}): SeenPair => ({
  id, callSign: id, stationId: 's', communityId: 'a', officers: [], presentOfficerIds: ['x', 'y'], duty: 'onDuty', activity: 'patrol', availability: 'available', commitment: null,
  position: null, version: 1, ...more,
})
const context: PairContext = { board: null, whereOf: (id) => ({ '甲-2': 'b', '甲-10': 'a' })[id], liveContactAt: () => null, today: '2026-03-01' }

it('lists pairs by call sign whatever they did, with the presence of today only', () => {
  const presence = (from: string) => ({ countedTo: '', today: { from, inside: 9, outside: 1, unknown: 0 } })
  const lines = pairLines([pair('甲-10', { presence: presence('2026-02-28') }), pair('甲-2', { presence: presence('2026-03-01') }), pair('甲-3', { duty: 'offDuty', presentOfficerIds: [] })], context)
  expect(lines.map((x) => [x.pair.id, x.whereId, x.hasPosition, x.presence?.inside ?? null])).toEqual([['甲-2', 'b', true, 9], ['甲-3', null, false, null], ['甲-10', 'a', true, null]])
  expect((['all', 'onDuty', 'single', 'away'] as const).map((filter) => lines.filter((line) => isShown(line, filter)).length)).toEqual([3, 2, 0, 1])
})

const time = (kind: DayTime['kind'], from: string, to: string): DayTime => ({ kind, from: `2026-03-01T${from}Z`, to: `2026-03-01T${to}Z`, by: null, incidentId: null, isRunning: false })

it('shows whole hours around what there was, and adds it up', () => {
  const times = [time('community', '08:30:00', '09:00:00'), time('activity', '09:00:00', '09:15:00'), time('community', '09:15:00', '09:30:00')]
  const strip = stripOf(times)
  expect([strip?.begin, strip?.end].map((x) => new Date(x ?? 0).toISOString().slice(11, 16))).toEqual(['08:00', '12:00'])
  expect(strip?.stretches[0]).toEqual({ kind: 'community', from: 0.125, width: 0.125 })
  expect(minutesOf(times)).toEqual([{ kind: 'community', minutes: 45, share: 0.75 }, { kind: 'activity', minutes: 15, share: 0.25 }])
  expect(stripOf([])).toBeNull()
  expect(ticksOf(0, 24 * 3_600_000)).toHaveLength(9)
  expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
})
