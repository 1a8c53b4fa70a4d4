import { ageingOf } from '../incidents/ageing'
import { alertCodes, isFinished, type AlertCode } from '../incidents/incident'
import type { DeskIncident } from './deskIncident'

/** One thing that calls for somebody. */
export interface DeskAlert {
  readonly key: string
  readonly code: AlertCode | 'overdue'
  readonly incident: DeskIncident
}

const order: readonly string[] = [...alertCodes.slice(0, 1), 'overdue', ...alertCodes.slice(1)]

/** What calls for attention, the most urgent first: danger, dispatch clocks that have run out, then what was escalated. */
export function alertsOf(incidents: readonly DeskIncident[], now: number): DeskAlert[] {
  const alerts: DeskAlert[] = []
  for (const incident of incidents) {
    if (isFinished(incident)) continue
    for (const code of alertCodes) if (incident.alerts.includes(code)) alerts.push({ key: `${incident.id}/${code}`, code, incident })
    if (ageingOf(incident, now).level === 'overdue') alerts.push({ key: `${incident.id}/overdue`, code: 'overdue', incident })
  }
  return alerts.sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code) || a.incident.priority - b.incident.priority || Date.parse(a.incident.openedAt) - Date.parse(b.incident.openedAt))
}

/** The incident of the alert that comes after the one that is open; after the last the first again. */
export function nextAlertId(alerts: readonly DeskAlert[], openId: string | null): string | null {
  const ids = [...new Set(alerts.map(({ incident }) => incident.id))]
  return ids[(ids.indexOf(openId ?? '') + 1) % ids.length] ?? null
}
