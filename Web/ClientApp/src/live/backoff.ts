/** Bounds of a wait between two tries, in milliseconds. */
export interface BackoffOptions {
  readonly firstMs: number
  readonly maxMs: number
}

export const reconnectBackoff: BackoffOptions = { firstMs: 500, maxMs: 15_000 }

/**
 * The wait before try number `attempt` (0 is the first): doubles up to the maximum, and half of it is chance, so that a thousand
 * screens that lost the same server do not come back in the same instant.
 */
export function backoffDelay(attempt: number, options: BackoffOptions = reconnectBackoff, random: () => number = Math.random): number {
  const ceiling = Math.min(options.maxMs, options.firstMs * 2 ** Math.min(attempt, 30))
  return ceiling * (0.5 + random() / 2)
}

/** What a `Retry-After` header asks for, in milliseconds: seconds or a date; 0 without one. */
export function retryAfterMs(header: string | null, now = Date.now()): number {
  if (header === null || header.trim() === '') return 0
  const seconds = Number(header)
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000
  return Number.isFinite(wait) ? Math.max(0, wait) : 0
}
