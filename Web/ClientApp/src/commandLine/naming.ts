import type { Incident } from '../incidents/incident'
import type { Pair } from '../pairs/pair'
import { folded } from './tokens'
import type { Vocabulary } from './vocabulary'

/** What a word stands for: exactly one, several, or nothing. */
export type Found<T> = { readonly one: T } | { readonly several: readonly T[] } | null

function foundIn<T>(items: readonly T[]): Found<T> {
  const [first] = items
  return first === undefined ? null : items.length === 1 ? { one: first } : { several: items }
}

/** The one; undefined where there is none or more than one. */
export function oneOf<T>(found: Found<T>): T | undefined {
  return found && 'one' in found ? found.one : undefined
}

const segmentsOfName = new Map<string, readonly string[]>()
const mostRemembered = 20_000

/** `mudan-261125-0014` → `mudan`, `261125`, `0014`; numbers part from letters, so that `mudan14` is understood. */
function segmentsOf(name: string): readonly string[] {
  let segments = segmentsOfName.get(name)
  if (!segments) {
    segments = folded(name).match(/\d+|[^\d\s\-_/.·#]+/g) ?? []
    if (segmentsOfName.size >= mostRemembered) segmentsOfName.clear()
    segmentsOfName.set(name, segments)
  }
  return segments
}

function isNumber(segment: string | undefined): segment is string {
  return segment !== undefined && /^\d+$/.test(segment)
}

/** Numbers are the same by value, words by their beginning. */
function segmentFits(typed: string, own: string): boolean {
  return isNumber(typed) ? isNumber(own) && Number(typed) === Number(own) : own.startsWith(typed)
}

/** Whether the typed parts occur in order, the last one at the end: `mudan-14` in `mudan-261125-0014`. */
function isTail(typed: readonly string[], own: readonly string[]): boolean {
  let at = own.length - 1
  for (let i = typed.length - 1; i >= 0; i--) {
    const part = typed[i] ?? ''
    if (i === typed.length - 1) {
      if (!segmentFits(part, own[at] ?? '')) return false
    } else {
      while (at >= 0 && !segmentFits(part, own[at] ?? '')) at--
      if (at < 0) return false
    }
    at--
  }
  return typed.length > 0
}

function isHead(typed: readonly string[], own: readonly string[]): boolean {
  return typed.length > 0 && typed.length <= own.length && typed.every((part, i) => segmentFits(part, own[i] ?? ''))
}

const comparedNames = new Map<string, string>()

/** What is compared of a name: call signs may hold spaces, words of a line cannot. */
export function compared(name: string): string {
  let result = comparedNames.get(name)
  if (result === undefined) {
    result = folded(name).replace(/\s/g, '')
    if (comparedNames.size >= mostRemembered) comparedNames.clear()
    comparedNames.set(name, result)
  }
  return result
}

/** An incident by `.`, its id, its number or a tail of it, with the station's name before it where that is needed. */
export function findIncident(word: string, vocabulary: Vocabulary): Found<Incident> {
  const typed = folded(word).replace(/^#/, '')
  if (typed === '.') {
    const selected = vocabulary.selectedId === null ? undefined : vocabulary.incidents.get(vocabulary.selectedId)
    return selected ? { one: selected } : null
  }
  const exact: Incident[] = []
  const byTail: Incident[] = []
  const parts = segmentsOf(typed)
  if (!isNumber(parts[parts.length - 1]) && !/\d/.test(typed)) return null
  for (const incident of vocabulary.incidents.values()) {
    if (incident.id === typed || compared(incident.number) === typed) exact.push(incident)
    else if (isTail(parts, segmentsOf(incident.number)) || isTailAtStation(parts, incident, vocabulary)) byTail.push(incident)
  }
  return exact.length > 0 ? foundIn(exact) : foundIn(byTail)
}

/** `牡丹14` for an incident of 牡丹区 whose number ends in 14. */
function isTailAtStation(parts: readonly string[], incident: Incident, vocabulary: Vocabulary): boolean {
  const [place, ...rest] = parts
  if (place === undefined || isNumber(place) || !isTail(rest, segmentsOf(incident.number))) return false
  const station = vocabulary.stations.find(({ id }) => id === incident.stationId)
  return station !== undefined && compared(station.name).startsWith(place)
}

const pairsByName = new WeakMap<Vocabulary, Map<string, Pair[]>>()

/** Whole names are looked up; only beginnings are searched for. */
function pairsNamed(name: string, vocabulary: Vocabulary): readonly Pair[] {
  let index = pairsByName.get(vocabulary)
  if (!index) {
    index = new Map()
    for (const pair of vocabulary.pairs.values()) {
      for (const own of new Set([compared(pair.id), compared(pair.callSign)])) {
        const same = index.get(own)
        if (same) same.push(pair)
        else index.set(own, [pair])
      }
    }
    pairsByName.set(vocabulary, index)
  }
  return index.get(name) ?? []
}

/** A pair by its id, its call sign, or a beginning of either that is no other's. */
export function findPair(word: string, vocabulary: Vocabulary): Found<Pair> {
  const typed = compared(word)
  const exact = pairsNamed(typed, vocabulary)
  if (exact.length > 0) return foundIn(exact)
  const parts = segmentsOf(typed)
  const [whole, begun]: [Pair[], Pair[]] = [[], []]
  for (const pair of vocabulary.pairs.values()) {
    const names = [segmentsOf(pair.callSign), segmentsOf(pair.id)]
    const fitting = names.filter((own) => isHead(parts, own))
    if (fitting.some((own) => own.length === parts.length)) whole.push(pair)
    else if (fitting.length > 0 || compared(pair.callSign).startsWith(typed) || compared(pair.id).startsWith(typed)) begun.push(pair)
  }
  return foundIn(whole.length > 0 ? whole : begun)
}

/** Something with a code or an id and names in both languages. */
export interface Nameable {
  readonly code?: string
  readonly id?: string
  readonly name: string
  readonly nameEn?: string | null
}

export function keyOf(named: Nameable): string {
  return named.code ?? named.id ?? ''
}

/** A code, station or community by its code or name in either language, or a beginning of one that is no other's. */
export function findNamed<T extends Nameable>(word: string, list: readonly T[]): Found<T> {
  const typed = compared(word)
  const exact: T[] = []
  const begun: T[] = []
  for (const named of list) {
    const names = [keyOf(named), named.name, named.nameEn ?? ''].map(compared)
    if (names.includes(typed)) exact.push(named)
    else if (typed !== '' && names.some((name) => name.startsWith(typed))) begun.push(named)
  }
  return foundIn(exact.length > 0 ? exact : begun)
}
