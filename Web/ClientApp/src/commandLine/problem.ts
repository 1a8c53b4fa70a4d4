import type { Span } from './tokens'
import type { ArgLabel } from './verbs'

/** Why a line is not a command yet, and which part of it that is about. Its words are in the language files under its code. */
export interface Problem extends Span {
  readonly code:
    | 'unknownVerb' | 'missing' | 'noSelection' | 'unknownIncident' | 'ambiguousIncident' | 'unknownPair' | 'ambiguousPair' | 'pairTwice' | 'samePair' | 'sameIncident'
    | 'unknownWord' | 'ambiguousWord' | 'notNumber' | 'tooLong' | 'unknownOption' | 'needsReason' | 'noCommitment' | 'noOffer' | 'severalOffers' | 'noMember' | 'extra'
  /** The argument in question, in the words of the language files. */
  readonly label?: ArgLabel
  readonly word?: string
  readonly example?: string
  /** A pair's id. */
  readonly pair?: string
  readonly count?: number
  readonly from?: number
  readonly to?: number
  readonly most?: number
  readonly length?: number
}
