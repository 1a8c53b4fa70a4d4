import { describe, expect, it } from 'vitest'
import { backoffDelay, retryAfterMs } from './backoff'

describe('backoffDelay', () => {
  it('doubles up to its maximum, and half of it is chance', () => {
    const bounds = { firstMs: 100, maxMs: 1000 }
    expect([0, 1, 2, 3, 4, 99].map((attempt) => backoffDelay(attempt, bounds, () => 1))).toEqual([100, 200, 400, 800, 1000, 1000])
    expect(backoffDelay(3, bounds, () => 0)).toBe(400)
  })
})

describe('retryAfterMs', () => {
  it('reads seconds and dates, and nothing from nonsense', () => {
    const now = Date.UTC(2026, 0, 1)
    expect(retryAfterMs('12', now)).toBe(12_000)
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000)
    expect([null, '', 'soon', '-5', 'Thu, 01 Jan 2015 00:00:00 GMT'].map((header) => retryAfterMs(header, now))).toEqual([0, 0, 0, 0, 0])
  })
})
