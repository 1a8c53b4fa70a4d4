const minuteMs = 60_000

/** A length of time in the two units that tell most, without a sign: the key of its words and their numbers. */
export function spanOf(milliseconds: number): { key: 'days' | 'hours' | 'minutes'; d: number; h: number; m: number } {
  const minutes = Math.floor(Math.abs(milliseconds) / minuteMs)
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  return { key: d > 0 ? 'days' : h > 0 ? 'hours' : 'minutes', d, h, m }
}

/** Days at UTC+8, which is what the bureau's days are. */
export function bureauDay(now: number, back = 0): string {
  return new Date(now + 8 * 3_600_000 - back * 86_400_000).toISOString().slice(0, 10)
}

/** The beginning of such a day. */
export function dayBegins(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}
