import { isFinished, isWaiting, pendingOffers, type Incident } from '../incidents/incident'
import type { RecommendedPair } from '../incidents/recommendation'
import type { Locale } from '../locales/i18n'
import { nameIn } from '../organisation/organisation'
import type { Pair } from '../pairs/pair'
import { byCondition } from '../pairs/pairCondition'
import { valuesOf, type Options, type Values } from './command'
import { compared, findIncident, findPair, keyOf, type Nameable } from './naming'
import { parse, takesPart, type Parsed } from './parse'
import { spellIncident, spellNamed, spellPair } from './spelling'
import { folded, tokensOf, type Span } from './tokens'
import { specOfVerb, verbs, type ArgSpec, type VerbSpec } from './verbs'
import type { Vocabulary } from './vocabulary'
import { formOf, formsOf, wordsOf, type WordKind, type WordOf } from './words'

/** Something that can stand where one is typing. */
export type Suggestion = { readonly insert: string } & (
  | { readonly kind: 'verb'; readonly verb: VerbSpec }
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'pair'; readonly pair: Pair; readonly recommended: RecommendedPair | null; readonly rank: number | null }
  | { readonly kind: 'named'; readonly named: Nameable }
  | { readonly kind: 'word'; readonly word: string }
)

export interface Completion {
  /** The part of the line that a suggestion takes the place of. */
  readonly replaces: Span
  readonly suggestions: readonly Suggestion[]
  /** How many more there are that are not listed. */
  readonly more: number
}

export interface CompletionContext {
  readonly vocabulary: Vocabulary
  readonly locale: Locale
  /** Recommendations for the incident in question, best first. */
  readonly recommended: readonly RecommendedPair[]
}

const most = 20

/** Puts a suggestion into the line, ready for the next word. */
export function applySuggestion(text: string, completion: Completion, suggestion: Suggestion): string {
  return `${text.slice(0, completion.replaces.start)}${suggestion.insert} ${text.slice(completion.replaces.end).trimStart()}`
}

function fragmentAtEnd(text: string): Span & { word: string } {
  const tokens = tokensOf(text)
  const last = tokens[tokens.length - 1]
  return last && last.end === text.length ? last : { word: '', start: text.length, end: text.length }
}

/** The argument that is being typed, and what is said already without the word at the end. */
function place(text: string, fragment: Span, vocabulary: Vocabulary): { args: readonly ArgSpec[]; before: Parsed } {
  const before = parse(text.slice(0, fragment.start), vocabulary)
  const { verb } = before
  if (!verb) return { args: [], before }
  const first = verb.args[before.active]
  const args: ArgSpec[] = first ? [first] : []
  // What may be left out, or goes on, does not hide what comes after it.
  for (let i = before.active; verb.args[i] && (verb.args[i]?.optional || verb.args[i]?.implied || verb.args[i]?.kind === 'pairs'); i++) {
    const next = verb.args[i + 1]
    if (next) args.push(next)
  }
  return { args, before }
}

/** The best few of all that fit; only those are spelled out. */
interface Choice {
  readonly few: readonly Suggestion[]
  readonly total: number
}

/** The first of all in an order; thousands of others are compared with the last of them only. */
function best<T>(fitting: readonly T[], order: (a: T, b: T) => number, suggest: (one: T) => Suggestion): Choice {
  const few: T[] = []
  for (const one of fitting) {
    const last = few[few.length - 1]
    if (few.length >= most && last !== undefined && order(one, last) >= 0) continue
    const at = few.findIndex((x) => order(one, x) < 0)
    few.splice(at < 0 ? few.length : at, 0, one)
    if (few.length > most) few.pop()
  }
  return { few: few.map(suggest), total: fitting.length }
}

function all(few: readonly Suggestion[]): Choice {
  return { few, total: few.length }
}

function verbSuggestions(fragment: string, locale: Locale): Suggestion[] {
  const rank = (spec: VerbSpec): number => {
    const forms = formsOf('verb', spec.verb, locale).map(folded)
    return forms.includes(fragment) ? 0 : forms.some((form) => form.startsWith(fragment)) ? 1 : 2
  }
  return verbs.map((verb) => ({ verb, rank: rank(verb) }))
    .filter((x) => x.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ verb }) => ({ kind: 'verb', verb, insert: formOf('verb', verb.verb, locale) }))
}

function incidentFits(incident: Incident, fragment: string, { vocabulary, locale }: CompletionContext): boolean {
  if (fragment === '') return true
  const community = vocabulary.communities.find(({ id }) => id === incident.communityId)
  const category = vocabulary.categories.find(({ code }) => code === incident.category)
  return [incident.number, community?.name, nameIn(locale, community), category?.name, nameIn(locale, category)].some((name) => name && compared(name).includes(fragment))
}

function incidentOrder(arg: ArgSpec, selectedId: string | null): (a: Incident, b: Incident) => number {
  const fits = (incident: Incident): number => Number(
    arg.prefer === 'merged' ? incident.status !== 'merged' : arg.prefer === 'ended' ? !isFinished(incident) || incident.status === 'merged' : isFinished(incident))
  return (a, b) => fits(a) - fits(b)
    || Number(b.id === selectedId) - Number(a.id === selectedId)
    || Number(isWaiting(b)) - Number(isWaiting(a))
    || a.priority - b.priority
    || Date.parse(b.openedAt) - Date.parse(a.openedAt)
}

function incidentSuggestions(arg: ArgSpec, fragment: string, values: Values, context: CompletionContext): Choice {
  const { vocabulary } = context
  const byName = findIncident(fragment, vocabulary)
  const named = new Set(byName ? ('one' in byName ? [byName.one] : byName.several) : [])
  const fitting = [...vocabulary.incidents.values()]
    .filter((x) => (named.has(x) || incidentFits(x, fragment, context)) && (arg.name !== 'other' || x.id !== values.incident))
  return best(fitting, incidentOrder(arg, vocabulary.selectedId), (incident) => ({ kind: 'incident', incident, insert: spellIncident(incident, vocabulary) }))
}

function pairPreferred(arg: ArgSpec, pair: Pair, incident: Incident | undefined, offered: ReadonlySet<string>): boolean {
  switch (arg.prefer) {
    case 'committed': return pair.commitment !== null
    case 'offered': return offered.has(pair.id)
    case 'taking-part': return incident ? takesPart(incident, pair.id) : pair.commitment !== null
    case 'off-duty': return pair.duty === 'offDuty'
    case 'on-duty': return pair.duty === 'onDuty'
    default: return pair.duty === 'onDuty' && pair.commitment === null && pair.availability !== 'notAvailable'
  }
}

function pairSuggestions(arg: ArgSpec, fragment: string, values: Values, context: CompletionContext): Choice {
  const { vocabulary, recommended } = context
  const incident = values.incident === undefined ? undefined : vocabulary.incidents.get(values.incident)
  const offers = incident ? [incident] : [...vocabulary.incidents.values()]
  const offered = new Set(arg.prefer === 'offered' ? offers.flatMap((x) => pendingOffers(x).map(({ pairId }) => pairId)) : [])
  const found = fragment === '' ? null : findPair(fragment, vocabulary)
  const named = new Set(found ? ('one' in found ? [found.one] : found.several) : [])
  const ranks = new Map(recommended.map(({ pairId }, index) => [pairId, index]))
  const rank = (pair: Pair) => (arg.prefer === 'free' ? ranks.get(pair.id) ?? Infinity : 0)
  const only = arg.prefer === 'offered' || arg.prefer === 'taking-part'
  const decorated = [...vocabulary.pairs.values()]
    .filter((x) => (fragment === '' || named.has(x) || compared(x.callSign).includes(fragment)) && !values.pairs?.includes(x.id) && (arg.name !== 'to' || x.id !== values.pair))
    .map((pair) => ({ pair, preferred: pairPreferred(arg, pair, incident, offered), rank: rank(pair) }))
    .filter((x) => x.preferred || !only || named.has(x.pair))
  const order = (a: (typeof decorated)[number], b: (typeof decorated)[number]) =>
    (a.rank === b.rank ? 0 : a.rank - b.rank) || Number(b.preferred) - Number(a.preferred) || byCondition(a.pair, b.pair)
  return best(decorated, order, ({ pair, rank: at }) => {
    const isRanked = arg.prefer === 'free' && Number.isFinite(at)
    return { kind: 'pair', pair, insert: spellPair(pair, vocabulary), recommended: isRanked ? recommended[at] ?? null : null, rank: isRanked ? at + 1 : null }
  })
}

function namedSuggestions(list: readonly Nameable[], fragment: string, locale: Locale): Suggestion[] {
  return list.filter((x) => [keyOf(x), x.name, x.nameEn ?? ''].some((name) => folded(name).includes(fragment)))
    .map((x) => ({ kind: 'named', named: x, insert: spellNamed(x, list, locale) }))
}

function wordSuggestions<K extends WordKind>(kind: K, fragment: string, locale: Locale): Suggestion[] {
  return wordsOf(kind).filter((word) => formsOf(kind, word, locale).some((form) => folded(form).startsWith(fragment)))
    .map((word) => ({ kind: 'word', word: formOf(kind, word, locale), insert: formOf(kind, word, locale) }))
}

function optionSuggestions(arg: ArgSpec, fragment: string, options: Options | undefined, locale: Locale): Suggestion[] {
  if (fragment !== '' && !fragment.startsWith('+')) return []
  const words = (arg.allow ?? []).filter((name) => options?.[name] === undefined)
  return words.map((name): string => (name === 'seconds' ? `+60${formOf('option', 'seconds', locale)}` : `+${formOf('option', name as WordOf<'option'>, locale)}`))
    .filter((word) => folded(word).startsWith(fragment))
    .map((word) => ({ kind: 'word', word, insert: word }))
}

function suggestionsFor(arg: ArgSpec, fragment: string, values: Values, context: CompletionContext): Choice {
  const { vocabulary, locale } = context
  switch (arg.kind) {
    case 'incident': return incidentSuggestions(arg, fragment, values, context)
    case 'pair':
    case 'pairs': return pairSuggestions(arg, fragment, values, context)
    case 'category': return all(namedSuggestions(vocabulary.categories, fragment, locale))
    case 'disposition': return all(namedSuggestions(vocabulary.dispositions, fragment, locale))
    case 'declineReason': return all(namedSuggestions(vocabulary.declineReasons, fragment, locale))
    case 'station': return all(namedSuggestions(vocabulary.stations, fragment, locale))
    case 'community': return all(namedSuggestions(vocabulary.communities, fragment, locale))
    case 'priority': return all(['P1', 'P2', 'P3', 'P4'].filter((word) => folded(word).includes(fragment)).map((word) => ({ kind: 'word', word, insert: word })))
    case 'status': return all(wordSuggestions('status', fragment, locale))
    case 'activity': return all(wordSuggestions('activity', fragment, locale))
    case 'member': return all(wordSuggestions('member', fragment, locale))
    case 'verb': return all(verbSuggestions(fragment, locale))
    case 'options': return all(optionSuggestions(arg, fragment, values.options, locale))
    case 'service': return all('12345'.startsWith(fragment) ? [{ kind: 'word', word: '12345', insert: '12345' }] : [])
    case 'number':
    case 'text': return all([])
  }
}

/** What was said before a place, as far as it was understood. */
function valuesBefore(before: Parsed, text: string, vocabulary: Vocabulary): Values {
  if (before.command) return valuesOf(before.command)
  const values: { incident?: string; pair?: string; pairs?: string[] } = {}
  for (const span of before.spans) {
    const arg = before.verb?.args[span.arg]
    const word = text.slice(span.start, span.end)
    const incident = arg?.kind === 'incident' && arg.name === 'incident' ? findIncident(word, vocabulary) : null
    const pair = arg?.kind === 'pair' || arg?.kind === 'pairs' ? findPair(word, vocabulary) : null
    if (incident && 'one' in incident) values.incident = incident.one.id
    if (pair && 'one' in pair && arg?.name === 'pair') values.pair = pair.one.id
    if (pair && 'one' in pair && arg?.name === 'pairs') (values.pairs ??= []).push(pair.one.id)
  }
  return values
}

/** Everything that can stand at the end of a line, best first. Each that is taken makes a line that is understood further than before. */
export function complete(text: string, context: CompletionContext): Completion {
  const fragment = fragmentAtEnd(text)
  const none = { replaces: { start: fragment.start, end: fragment.end }, suggestions: [], more: 0 }
  const { vocabulary } = context
  const [first] = tokensOf(text)
  if (!first || fragment.word.startsWith(':')) return none
  if (fragment.start === first.start) return listed(fragment, [all(verbSuggestions(fragment.word, context.locale)), selectable(fragment.word, context)])
  const { args, before } = place(text, fragment, vocabulary)
  if (!before.verb || wentWrong(before, text.slice(0, fragment.start)) || inFreeWords(before)) return none
  const values = valuesBefore(before, text, vocabulary)
  const choices = inOrder(args, vocabulary).map((arg) => suggestionsFor(arg, fragment.word, values, context))
  return listed(fragment, choices.map(({ few, total }) => {
    const leading = few.filter((x) => leadsOn(text, fragment, x, vocabulary))
    return { few: leading, total: total - few.length + leading.length }
  }))
}

/** An incident that goes without saying comes after what is said instead. */
function inOrder(args: readonly ArgSpec[], vocabulary: Vocabulary): readonly ArgSpec[] {
  const [first, ...rest] = args
  return first?.implied && (first.implied !== 'selected' || vocabulary.selectedId !== null) ? [...rest, first] : args
}

/** Whether something before the word that is being typed is not understood. */
function wentWrong({ problem }: Parsed, before: string): boolean {
  return problem !== null && problem.code !== 'missing' && problem.start < before.trimEnd().length
}

function inFreeWords({ spans, verb }: Parsed): boolean {
  return spans.some(({ arg }) => verb?.args[arg]?.kind === 'text')
}

/** Whether the line with a suggestion is understood at least to its end. */
function leadsOn(text: string, fragment: Span, suggestion: Suggestion, vocabulary: Vocabulary): boolean {
  const head = text.slice(0, fragment.start) + suggestion.insert
  const { problem } = parse(head, vocabulary)
  return !problem || problem.code === 'missing' || problem.start >= head.length
}

/** A number alone shows its incident. */
function selectable(fragment: string, context: CompletionContext): Choice {
  const select = specOfVerb('select')?.args[0]
  return /\d/.test(fragment) && select ? incidentSuggestions(select, fragment, {}, context) : all([])
}

function listed(replaces: Span, choices: readonly Choice[]): Completion {
  const each = Math.ceil(most / Math.max(1, choices.filter(({ few }) => few.length > 0).length))
  const suggestions = choices.flatMap(({ few }) => few.slice(0, each))
  const total = choices.reduce((sum, choice) => sum + choice.total, 0)
  return { replaces: { start: replaces.start, end: replaces.end }, suggestions, more: total - suggestions.length }
}
