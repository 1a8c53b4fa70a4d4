import type { Location } from '../incidents/incident'

export interface PairPosition extends Location {
  readonly at: string
  /** The same in milliseconds since 1970, where it came as a number. */
  readonly atMs?: number
  /** Metres. */
  readonly accuracy?: number | null
}

export type Activity =
  | 'available' | 'patrol' | 'visit' | 'station' | 'meeting' | 'meal' | 'training' | 'court' | 'outOfService'

/** How far a pair is with its incident. */
export type CommitmentStatus = 'committed' | 'enRoute' | 'onScene' | 'reported'

/** What a station feed says of a pair. Names of officers are in it as well; no screen made for a wall shows them. */
export interface Pair {
  readonly id: string
  readonly callSign: string
  readonly stationId: string
  readonly communityId: string | null
  readonly officers: readonly { readonly id: string; readonly role?: 'greenLeaf' | 'redFlower' }[]
  readonly duty: 'onDuty' | 'offDuty'
  readonly activity: Activity
  readonly availability: 'available' | 'conditionallyAvailable' | 'notAvailable'
  readonly commitment: {
    readonly incidentId: string
    readonly offerId: string | null
    readonly status: CommitmentStatus
    readonly since: string
  } | null
  readonly position: PairPosition | null
  readonly version: number
}
