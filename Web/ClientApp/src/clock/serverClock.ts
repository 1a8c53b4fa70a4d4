import { readonly, shallowRef, type ShallowRef } from 'vue'

/** Above this the answer was on its way for too long to tell the time by it. */
const longestTripMs = 2_000
/** The `Date` header has whole seconds, so smaller differences are only its rounding. */
const roundingMs = 1_000

let offsetMs: number | null = null

/** The server's time in milliseconds since 1970, as well as this client knows it; its own clock may be wrong by any amount. */
export function serverNow(): number {
  return Date.now() + (offsetMs ?? 0)
}

/** Learns the server's clock from the `Date` header of an answer, sent and received at the given client times. */
export function noteServerDate(header: string | null, sentAt: number, receivedAt: number): void {
  const date = header === null ? NaN : Date.parse(header)
  if (Number.isNaN(date) || receivedAt - sentAt > longestTripMs) return
  const offset = date + roundingMs / 2 - (sentAt + receivedAt) / 2
  if (offsetMs === null || Math.abs(offset - offsetMs) > roundingMs) offsetMs = offset
}

const tickMs = 1_000
/** After a tick: by then all that ticks is done. */
const quietMs = 750

const second = shallowRef(serverNow())
const between = shallowRef(serverNow())
setInterval(() => {
  second.value = serverNow()
  setTimeout(() => (between.value = serverNow()), 500)
}, tickMs)

/** The server's time, renewed every second; one timer for all who look. */
export function useSeconds(): Readonly<ShallowRef<number>> {
  return readonly(second)
}

/** The same between the ticks of the clocks that are seen: for what is counted out of many, so that both are not in one frame. */
export function useSecondsBetween(): Readonly<ShallowRef<number>> {
  return readonly(between)
}

/** Milliseconds since the clocks ticked last. */
function sinceTick(): number {
  return serverNow() - second.value
}

/** Whether what ticks is done and what is counted between the ticks not yet begun: for a picture that may come a little later. */
export function isAfterTick(): boolean {
  const since = sinceTick()
  return since >= 200 && since < 450
}

/** How long to wait, about so many milliseconds, to be between the ticks: for what may come a little later, so that not everything is in one frame. */
export function untilQuiet(aboutMs: number): number {
  const phase = sinceTick() + aboutMs
  return aboutMs + ((((quietMs - phase) % tickMs) + tickMs) % tickMs)
}
