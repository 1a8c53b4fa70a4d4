import { callApi } from '../api/http'
import type { Community, Named, Organisation } from '../organisation/organisation'

export const areaClasses = ['urban', 'suburban', 'rural'] as const
export type AreaClass = (typeof areaClasses)[number]

export interface AdminCommunity extends Community {
  readonly areaClass: AreaClass
}

export interface Officer {
  readonly id: string
  readonly name: string
  readonly role: 'greenLeaf' | 'redFlower'
  readonly skills: readonly string[]
}

export interface AdminPair {
  readonly id: string
  readonly callSign: string
  readonly stationId: string
  readonly communityId: string
  readonly officers: readonly Officer[]
  readonly duty: 'onDuty' | 'offDuty'
  readonly commitment: { readonly incidentId: string } | null
}

/** The organisation as its administrators see it. */
export interface AdminOrganisation extends Omit<Organisation, 'communities' | 'pairs'> {
  /** What a change names as what it was decided on. */
  readonly version: number
  readonly communities: readonly AdminCommunity[]
  readonly pairs: readonly AdminPair[]
  readonly unpairedOfficers: readonly Officer[]
  readonly modelPack: string
}

export function loadAdminOrganisation(): Promise<AdminOrganisation> {
  return callApi('/organisation')
}

/** What is called or numbered as somebody typed; everything where nothing was typed. */
export function matching<T extends Named>(all: readonly T[], typed: string): T[] {
  const wanted = typed.trim().toLowerCase()
  return all.filter(({ id, name, nameEn }) => [id, name, nameEn ?? ''].some((x) => x.toLowerCase().includes(wanted)))
}
