/** A pair that could go. */
export interface RecommendedPair {
  readonly pairId: string
  /** Seconds, lower is better. */
  readonly score: number
  /** By road. */
  readonly distanceMetres: number
  readonly etaSeconds: number
  /** Codes of what counts for and against it. */
  readonly reasons: readonly string[]
  readonly stationId: string
  /** The incident it would be taken from; null where it is free. */
  readonly preempts: string | null
}

/** A pair that is not among the recommended, and the code of why. */
export interface Shortfall {
  readonly pairId: string
  readonly reason: string
  readonly distanceMetres: number | null
}

/** The answer to `GET incidents/{id}/recommendations`, best first. */
export interface Recommendation {
  readonly recommendations: readonly RecommendedPair[]
  readonly shortfalls: readonly Shortfall[]
  readonly leftOut: Readonly<Record<string, number>>
  readonly unansweredStations: readonly string[]
}
