import { expect, it } from 'vitest'
import { Framing } from './framing'

it('frames each selection once, as soon as it is known who could go there', () => {
  const framing = new Framing()
  framing.selected()
  expect(framing.takes('a', 0)).toBe(false)
  expect(framing.takes('a', 3)).toBe(true)
  expect(framing.takes('a', 4), 'the recommendation was renewed').toBe(false)
  framing.selected()
  expect(framing.takes('b', 1)).toBe(true)
  framing.selected()
  expect(framing.takes('a', 1), 'selected again').toBe(true)
})

it('leaves the map where somebody put it, until the whole is asked for', () => {
  const framing = new Framing()
  framing.moved()
  expect(framing.takes('a', 3)).toBe(false)
  framing.whole()
  expect(framing.takes('a', 3)).toBe(true)
})
