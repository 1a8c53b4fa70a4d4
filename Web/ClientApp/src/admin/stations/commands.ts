import { sendCommand } from '../../api/command'
import type { AreaClass } from '../organisation'

interface StationForm {
  readonly name: string
  readonly nameEn: string
}

export interface CommunityForm extends StationForm {
  readonly stationId: string
  readonly areaClass: AreaClass
}

/** A name that was left empty is no name. */
function named<T extends StationForm>(form: T): T & { nameEn: string | null } {
  return { ...form, nameEn: form.nameEn.trim() || null } as T & { nameEn: string | null }
}

const put = (path: string, body: object, commandId: string): Promise<unknown> => sendCommand(path, body, { method: 'PUT', commandId })

export function keepStation(id: string, form: StationForm, expectedVersion: number, commandId: string): Promise<unknown> {
  return put(`/stations/${encodeURIComponent(id)}`, { ...named(form), expectedVersion }, commandId)
}

export function keepCommunity(id: string, form: CommunityForm, expectedVersion: number, commandId: string): Promise<unknown> {
  return put(`/communities/${encodeURIComponent(id)}`, { ...named(form), expectedVersion }, commandId)
}

export function removeStation(id: string, expectedVersion: number, reason: string, commandId: string): Promise<unknown> {
  return sendCommand(`/stations/${encodeURIComponent(id)}/remove`, { reason, expectedVersion }, { commandId })
}

export function removeCommunity(id: string, expectedVersion: number, reason: string, commandId: string): Promise<unknown> {
  return sendCommand(`/communities/${encodeURIComponent(id)}/remove`, { reason, expectedVersion }, { commandId })
}
