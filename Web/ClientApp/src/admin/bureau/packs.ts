import { callApi } from '../../api/http'
import { sendCommand } from '../../api/command'
import type { Named } from '../../organisation/organisation'

export interface Pack extends Named {
  readonly established: boolean
  readonly note: string
  readonly noteEn: string
  readonly current: boolean
}

export interface Timers {
  readonly offerSeconds: Readonly<Record<string, number>>
  readonly dispatchSeconds: Readonly<Record<string, number>>
  readonly refusalsBeforeSupervisor: number
}

export const loadPacks = (): Promise<readonly Pack[]> => callApi('/model-packs')
export const loadTimers = (): Promise<Timers> => callApi('/organisation/timers')

export function choosePack(modelPack: string, reason: string, commandId: string): Promise<unknown> {
  return sendCommand('/organisation/model-pack', { modelPack, reason }, { method: 'PUT', commandId })
}
