import type { Health } from './feeds'

/** Whether a screen shows the present. Everything but `live` means that it may not. */
export type Currency = 'connecting' | 'live' | 'catchingUp' | 'silent' | 'lost' | 'incomplete' | 'stale'

/**
 * Silence for which an open connection is no longer believed. The server pings at least every 15 s, SignalR's default.
 */
export const silentAfterMs = 20_000

/** `heardAt` is when anything last came in, `now` the time, both in milliseconds of the same clock. */
export function currencyOf(health: Health, heardAt: number | null, now: number): Currency {
  if (health.link === 'connecting' || heardAt === null) return health.link === 'lost' ? 'lost' : 'connecting'
  if (health.link !== 'open') return 'lost'
  if (now - heardAt > silentAfterMs) return 'silent'
  if (health.refused > 0) return 'incomplete'
  if (health.stale > 0) return 'stale'
  return health.behind > 0 ? 'catchingUp' : 'live'
}
