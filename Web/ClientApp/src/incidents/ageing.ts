import { isWaiting, type Incident } from './incident'

/** How a waiting incident stands against its dispatch clock. */
export interface Ageing {
  readonly level: 'calm' | 'pressing' | 'overdue'
  /** Since the incident was opened. */
  readonly ageMs: number
  /** Until dispatch is due, negative once overdue; null where no clock runs. */
  readonly leftMs: number | null
  /** Share of the time that is used up, 0 to 1. */
  readonly used: number
}

/** From this share of the time on, a waiting incident is pressing. */
const pressingFrom = 0.5

interface Times {
  readonly opened: number
  readonly due: number | null
}

/** Read once for each state of an incident: every second all of them are asked how they stand. */
const times = new WeakMap<Incident, Times>()

function timesOf(incident: Incident): Times {
  let known = times.get(incident)
  if (!known) times.set(incident, (known = { opened: Date.parse(incident.openedAt), due: incident.dispatchDueAt === null ? null : Date.parse(incident.dispatchDueAt) }))
  return known
}

export function ageingOf(incident: Incident, now: number): Ageing {
  const { opened, due } = timesOf(incident)
  const ageMs = Math.max(0, now - opened)
  if (!isWaiting(incident) || due === null) return { level: 'calm', ageMs, leftMs: null, used: 0 }
  const share = due > opened ? ageMs / (due - opened) : 1
  const level = now >= due ? 'overdue' : share >= pressingFrom ? 'pressing' : 'calm'
  return { level, ageMs, leftMs: due - now, used: Math.min(1, share) }
}

/** How many of them have waited for longer than they may: a number that changes seldom, for what is made anew when it does. */
export function overdueOf(incidents: readonly Incident[], now: number): number {
  let count = 0
  for (const incident of incidents) {
    const { due } = timesOf(incident)
    if (due !== null && now >= due && isWaiting(incident)) count++
  }
  return count
}
