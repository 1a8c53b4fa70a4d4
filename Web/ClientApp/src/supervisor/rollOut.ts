import { callApi } from '../api/http'
import type { ClockState, Cover } from './community'

export interface PairFact {
  readonly state: ClockState
  readonly number: number | null
  readonly unit: 'minutes' | 'days' | 'count'
  readonly code: string | null
}

export interface RollOutRow {
  readonly communityId: string
  readonly name: string
  readonly nameEn: string | null
  readonly stationId: string
  readonly cover: Cover
  readonly lastContactAt: string | null
  readonly contact: PairFact
  readonly handover: PairFact
  readonly timeTaken: readonly { readonly byWhom: string; readonly minutes: number }[]
  readonly pairs: readonly {
    readonly pairId: string
    readonly callSign: string
    readonly duty: string
    readonly agreement: PairFact
    readonly succession: PairFact
    readonly presenceToday: { readonly inside: number; readonly outside: number; readonly unknown: number } | null
  }[]
  readonly alerts: readonly string[]
}

export interface RollOutTotal {
  readonly stationId: string | null
  readonly communities: number
  readonly fullPair: number
  readonly oneOfficer: number
  readonly none: number
  readonly withoutContact: number
}

/** The roll-out board, as `GET /communities/roll-out` answers. */
export interface RollOut {
  readonly at: string
  readonly contactWithin: { readonly value: number; readonly unit: string }
  readonly communities: readonly RollOutRow[]
  readonly stations: readonly RollOutTotal[]
  readonly bureau: RollOutTotal
}

export function loadRollOut(stationId: string | null): Promise<RollOut> {
  return callApi(`/communities/roll-out${stationId ? `?stationId=${encodeURIComponent(stationId)}` : ''}`)
}
