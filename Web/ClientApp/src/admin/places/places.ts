import { callApi, ProblemError } from '../../api/http'
import type { Location } from '../../incidents/incident'
import type { Named } from '../../organisation/organisation'

export const placeKinds = ['school', 'hospital', 'market', 'square', 'park', 'building', 'street', 'crossing', 'transport', 'office', 'other'] as const

export interface FoundPlace extends Named {
  readonly kind: 'community' | 'place' | 'partner'
  readonly address: string | null
  readonly placeKind: (typeof placeKinds)[number] | null
  readonly communityId: string
  readonly location: Location
  readonly illustrative: boolean
}

export interface PlaceFault {
  readonly line: number
  readonly field: string | null
  readonly code: string
  readonly value: string | null
}

export interface PlacesImported {
  readonly applied: boolean
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  readonly faultCount: number
  readonly faults: readonly PlaceFault[]
}

export interface PlaceCounts {
  readonly places: number
  readonly illustrative: number
}

const answerWithinMs = 120_000

export async function findPlaces(text: string): Promise<readonly FoundPlace[]> {
  return (await callApi<{ items: readonly FoundPlace[] }>(`/places?${new URLSearchParams({ text, limit: '50' })}`)).items
}

export const loadPlaceCounts = (): Promise<PlaceCounts> => callApi('/places/counts')

function send(file: File, query: Record<string, string>, commandId?: string): Promise<PlacesImported> {
  return callApi(`/places/import?${new URLSearchParams(query)}`, {
    method: 'POST', body: new Blob([file], { type: 'text/csv' }), signal: AbortSignal.timeout(answerWithinMs), ...(commandId ? { commandId } : {}),
  })
}

export const checkPlaces = (file: File, replace: boolean): Promise<PlacesImported> => send(file, { dryRun: 'true', replace: String(replace) })

/** Imports a file; where no answer comes it is sent once more under the same id, and the server does it once. */
export async function importPlaces(file: File, replace: boolean, commandId: string): Promise<PlacesImported> {
  try {
    return await send(file, { replace: String(replace) }, commandId)
  } catch (error) {
    if (error instanceof ProblemError && error.status < 500) throw error
    return send(file, { replace: String(replace) }, commandId)
  }
}
