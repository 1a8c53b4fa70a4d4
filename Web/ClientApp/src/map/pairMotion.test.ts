import { expect, it } from 'vitest'
import type { PairPosition } from '../pairs/pair'
import { PairMotion } from './pairMotion'

function fix(lat: number, second: number): ReadonlyMap<string, PairPosition> {
  return new Map([['p1', { lat, lon: 115, at: new Date(second * 1000).toISOString() }]])
}

it('glides between two reports, starts from where it is seen, and forgets who is gone', () => {
  const motion = new PairMotion()
  motion.update(fix(35, 0), 0)
  expect(motion.at('p1', 0)).toEqual({ lat: 35, lon: 115 })
  expect(motion.isMoving(0)).toBe(false)

  motion.update(fix(35.004, 4), 1000)
  expect(motion.at('p1', 3000)!.lat).toBeCloseTo(35.002)
  motion.update(fix(35.004, 4), 3000)
  expect(motion.at('p1', 3000)!.lat, 'the same report again does not start over').toBeCloseTo(35.002)
  expect(motion.at('p1', 5000)!.lat).toBeCloseTo(35.004)
  expect(motion.isMoving(5000)).toBe(false)

  motion.update(fix(36, 8), 6000)
  expect(motion.at('p1', 6000)!.lat, 'a far jump is not glided').toBe(36)

  motion.update(new Map(), 7000)
  expect(motion.at('p1', 7000)).toBeNull()
})
