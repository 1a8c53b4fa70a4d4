import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noteServerDate, serverNow, untilQuiet, useSeconds } from './serverClock'

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-03-01T00:00:00Z') }))
afterEach(() => vi.useRealTimers())

it('follows the server and not a client clock that is an hour off', () => {
  const slow = Date.now()
  noteServerDate('Sun, 01 Mar 2026 05:00:00 GMT', slow - 5_000, slow)
  expect(serverNow(), 'an answer five seconds on its way is no clock').toBe(slow)

  noteServerDate('Sun, 01 Mar 2026 01:00:00 GMT', slow, slow)
  expect(serverNow()).toBe(Date.parse('2026-03-01T01:00:00.500Z'))

  noteServerDate('Sun, 01 Mar 2026 01:00:01 GMT', slow, slow)
  expect(serverNow(), 'rounding of the header does not make the clock jump').toBe(Date.parse('2026-03-01T01:00:00.500Z'))

  noteServerDate('not a date', slow, slow)
  expect(serverNow()).toBe(Date.parse('2026-03-01T01:00:00.500Z'))
})

it.each([0, 100, 9_000, 22_400])('waits about %i ms for the time between two ticks', (about) => {
  const wait = untilQuiet(about)
  expect(wait).toBeGreaterThanOrEqual(about)
  expect(wait).toBeLessThan(about + 1_000)
  const since = (serverNow() + wait - useSeconds().value) % 1_000
  expect((since + 1_000) % 1_000).toBeCloseTo(750)
})
