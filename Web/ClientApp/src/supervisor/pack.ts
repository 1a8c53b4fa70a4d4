import { callApi } from '../api/http'
import type { Coded } from '../organisation/organisation'

/** What the page needs of the model pack that the bureau works by. */
export interface Pack {
  readonly concernCategories: readonly Coded[]
  readonly disputeKinds: readonly Coded[]
  readonly disputeGrades: readonly (Coded & { readonly colour: string; readonly order: number })[]
  readonly disputeTiers: readonly Coded[]
  readonly taskKinds: readonly Coded[]
  readonly meetingKinds: readonly Coded[]
  readonly channels: readonly Coded[]
  readonly timeAwayReasons: readonly Coded[]
}

export async function loadPack(): Promise<Pack> {
  const packs = await callApi<readonly { readonly id: string; readonly current: boolean }[]>('/model-packs')
  return callApi(`/model-packs/${packs.find(({ current }) => current)?.id}`)
}
