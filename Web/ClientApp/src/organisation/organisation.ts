import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { callApi } from '../api/http'
import type { Location } from '../incidents/incident'

export interface Named {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | null
}

export interface Community extends Named {
  readonly stationId: string
  readonly centre: Location
}

export interface Coded {
  readonly code: string
  readonly name: string
  readonly nameEn?: string | null
}

export interface Organisation {
  readonly bureau: Named
  readonly stations: readonly Named[]
  readonly communities: readonly Community[]
  readonly pairs: readonly { readonly id: string; readonly callSign: string; readonly stationId?: string; readonly communityId?: string | null; readonly officers?: readonly { readonly id: string; readonly name: string }[] }[]
  readonly categories: readonly Coded[]
  /** How an incident can end. */
  readonly dispositions: readonly Coded[]
  /** Why an offer can be declined. */
  readonly declineReasons: readonly Coded[]
  /** The outlines were drawn for show and are not the official ones. */
  readonly boundariesIllustrative: boolean
}

export type Boundaries = FeatureCollection<Polygon | MultiPolygon, { id: string; name: string; nameEn?: string | null; stationId: string }>

export function loadOrganisation(): Promise<Organisation> {
  return callApi('/organisation')
}

/** The same without its pairs, who are in thousands and come with the feeds. */
export function loadOrganisationAlone(): Promise<Organisation> {
  return callApi('/organisation?pairs=false')
}

export function loadBoundaries(): Promise<Boundaries> {
  return callApi('/communities.geojson')
}

/** The name in the language of the screen, where there is one. */
export function nameIn(locale: string, named: { readonly name: string; readonly nameEn?: string | null } | undefined): string {
  if (!named) return ''
  return locale === 'en' && named.nameEn ? named.nameEn : named.name
}
