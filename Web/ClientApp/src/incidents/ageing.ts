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

export function ageingOf(incident: Incident, now: number): Ageing {
  const opened = Date.parse(incident.openedAt)
  const ageMs = Math.max(0, now - opened)
  if (!isWaiting(incident) || incident.dispatchDueAt === null) return { level: 'calm', ageMs, leftMs: null, used: 0 }
  const due = Date.parse(incident.dispatchDueAt)
  const share = due > opened ? ageMs / (due - opened) : 1
  const level = now >= due ? 'overdue' : share >= pressingFrom ? 'pressing' : 'calm'
  return { level, ageMs, leftMs: due - now, used: Math.min(1, share) }
}
