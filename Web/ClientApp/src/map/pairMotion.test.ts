import { expect, it } from 'vitest'
import type { PairPosition } from '../pairs/pair'
import { PairMotion } from './pairMotion'

function fix(lat: number, second: number): ReadonlyMap<string, PairPosition> {
  return new Map([['p1', { lat, lon: 115, at: new Date(second * 1000).toISOString() }]])
}

/** A flat world of the test's own, so that places are told by simple figures. */
const flat = ({ lat, lon }: { lat: number; lon: number }) => ({ x: lon / 1_000, y: lat / 1_000 })

it('glides between two reports, starts from where it is seen, and forgets who is gone', () => {
  const motion = new PairMotion(flat)
  const latAt = (now: number) => motion.at('p1', now)!.y * 1_000
  motion.update(fix(35, 0), [], 0)
  expect(motion.at('p1', 0)).toEqual({ x: 0.115, y: 0.035 })
  expect(motion.isMoving(0)).toBe(false)

  motion.update(fix(35.004, 4), [], 4000)
  expect(latAt(6000)).toBeCloseTo(35.002, 5)
  motion.update(fix(35.004, 4), [], 6000)
  expect(latAt(6000), 'the same report again does not start over').toBeCloseTo(35.002, 5)
  expect(latAt(8000)).toBeCloseTo(35.004, 5)
  expect(motion.isMoving(7999)).toBe(true)
  expect(motion.isMoving(8000)).toBe(false)

  motion.update(fix(36, 8), [], 9000)
  expect(latAt(9000), 'a far jump is not glided').toBeCloseTo(36, 5)

  motion.update(new Map(), [], 10_000)
  expect(motion.at('p1', 10_000)).toBeNull()
})

it('glides after a place that is one and the same object', () => {
  const motion = new PairMotion(flat)
  const place = { lat: 35, lon: 115, atMs: 0, at: '' }
  const places = new Map([['p1', place]])
  motion.update(places, [], 0)
  Object.assign(place, { lat: 35.004, atMs: 4000 })
  motion.update(places, [], 4000)
  expect(motion.at('p1', 6000)!.y * 1_000).toBeCloseTo(35.002, 5)
})

it('asks for a new picture only where it would differ', () => {
  const motion = new PairMotion(flat)
  const pixel = 0.000001
  motion.update(fix(35, 0), [], 0)
  expect(motion.hasMoved(0, 0, pixel), 'somebody came').toBe(true)
  motion.shown()
  expect(motion.hasMoved(0, 500, pixel)).toBe(false)

  motion.update(fix(35.004, 4), [], 4000)
  expect(motion.hasMoved(4000, 4500, pixel), 'half a pixel is not seen').toBe(false)
  expect(motion.hasMoved(4000, 5100, pixel)).toBe(true)
  expect(motion.hasMoved(7500, 12_000, pixel), 'it stands since').toBe(false)

  motion.update(fix(36, 8), [], 12_000)
  expect(motion.hasMoved(12_000, 12_000, pixel), 'it is somewhere else').toBe(true)
  motion.shown()
  motion.update(new Map(), [], 13_000)
  expect(motion.hasMoved(13_000, 13_000, pixel), 'it is gone').toBe(true)
})
