import { callApi } from '../../api/http'
import { sendCommand } from '../../api/command'
import type { Officer } from '../organisation'

/** An officer as somebody chooses one: known to the bureau, or new. */
export interface OfficerForm {
  /** Id of an officer without a pair; empty for a new one. */
  readonly known: string
  readonly id: string
  readonly name: string
  readonly skills: string
}

export const noOfficer: OfficerForm = { known: '', id: '', name: '', skills: '' }

export interface NamedOfficer {
  readonly id: string
  readonly name?: string
  readonly role?: Officer['role']
  readonly skills?: readonly string[]
}

/** What is sent for an officer; null where none was chosen. */
export function namedOfficer(form: OfficerForm, role: Officer['role']): NamedOfficer | null {
  if (form.known) return { id: form.known, role }
  const skills = form.skills.split(/[,，、]/).map((skill) => skill.trim()).filter(Boolean)
  return form.id.trim() && form.name.trim() ? { id: form.id.trim(), name: form.name.trim(), role, skills } : null
}

export interface PairForm {
  readonly id: string
  readonly callSign: string
  readonly stationId: string
  readonly communityId: string
  readonly reason: string
}

export function formPair(form: PairForm, officers: readonly NamedOfficer[], commandId: string): Promise<unknown> {
  return sendCommand('/pairs', { ...form, reason: form.reason.trim() || null, officers }, { commandId })
}

export function dissolvePair(id: string, reason: string, commandId: string): Promise<unknown> {
  return sendCommand(`/pairs/${encodeURIComponent(id)}/dissolve`, { reason }, { commandId })
}

export function substituteMember(id: string, outOfficerId: string | null, officer: NamedOfficer, reason: string, commandId: string): Promise<unknown> {
  return sendCommand(`/pairs/${encodeURIComponent(id)}/substitute`, { reason, outOfficerId, officer }, { commandId })
}

export interface Agreement {
  readonly present: { readonly from: string; readonly to: string; readonly goals: string; readonly signedOn: string } | null
  readonly daysLeft: number | null
}

export const loadAgreement = (id: string): Promise<Agreement> => callApi(`/pairs/${encodeURIComponent(id)}/agreement`)
