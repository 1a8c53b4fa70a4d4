/** A code of a recommendation, taken apart: `skillMissing:technology` is about `technology`. */
export interface ReasonCode {
  readonly name: string
  readonly about: string | null
  /** Whether it speaks for the pair, against it, or neither. */
  readonly weight: 'for' | 'against' | 'neither'
}

const speaksFor: ReadonlySet<string> = new Set(['homeCommunity', 'free', 'skillsMatch', 'greenLeaf', 'redFlower'])
const neither: ReadonlySet<string> = new Set(['routed', 'estimated', 'incidentsOfShift', 'otherStation'])

export function readReason(code: string): ReasonCode {
  const colon = code.indexOf(':')
  const name = colon < 0 ? code : code.slice(0, colon)
  return {
    name,
    about: colon < 0 ? null : code.slice(colon + 1),
    weight: speaksFor.has(name) ? 'for' : neither.has(name) ? 'neither' : 'against',
  }
}
