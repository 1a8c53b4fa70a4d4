import { pendingOffers, type Incident } from '../incidents/incident'
import { readArgument, readOption } from './argument'
import type { Command, Options, Values } from './command'
import { findIncident } from './naming'
import type { Problem } from './problem'
import { folded, tokensOf, type Span, type Token } from './tokens'
import { specOfVerb, type ArgSpec, type VerbSpec } from './verbs'
import type { Vocabulary } from './vocabulary'
import { wordFor } from './words'

/** What a line says, as far as it goes. Exactly one of `command` and `problem` is there, unless the line is empty. */
export interface Parsed {
  readonly verb: VerbSpec | null
  readonly command: Command | null
  readonly problem: Problem | null
  /** Where the words of each argument stand, by its place in the verb's list; a list of pairs has several. */
  readonly spans: readonly (Span & { readonly arg: number })[]
  /** The argument at the end of the line, which is being typed; -1 for the verb itself, the number of arguments where nothing more is expected. */
  readonly active: number
}

const live: ReadonlySet<string> = new Set(['committed', 'enRoute', 'onScene', 'reported', 'stacked', 'reserved'])

/** Whether a pair has a part in an incident that has not ended. */
export function takesPart(incident: Incident, pairId: string): boolean {
  return incident.assignments.some((part) => part.pairId === pairId && live.has(part.status))
}

class Reading {
  values: Values = {}
  problem: Problem | null = null
  readonly spans: (Span & { arg: number })[] = []
  private at = 1
  private last = 0

  constructor(private readonly text: string, private readonly tokens: readonly Token[], private readonly verb: VerbSpec, private readonly vocabulary: Vocabulary) {
    this.values = { ...verb.preset }
  }

  run(): Parsed {
    const { verb } = this
    for (let i = 0; i < verb.args.length && !this.problem; i++) {
      const arg = verb.args[i]
      if (arg) this.readOne(arg, i)
    }
    const rest = this.tokens[this.at]
    if (!this.problem && rest) this.fail({ code: 'extra', word: this.text.slice(rest.start, rest.end) }, rest)
    if (!this.problem) this.fillImplied()
    if (!this.problem) this.check()
    // What a command of this kind needs has been read by now; the table of verbs and the types of commands say the same.
    const command = this.problem ? null : ({ kind: verb.kind, ...this.values } as Command)
    return { verb, command, problem: this.problem, spans: this.spans, active: this.activeArg() }
  }

  private fail(problem: Omit<Problem, 'start' | 'end'>, span: Span): void {
    this.problem ??= { start: span.start, end: span.end, ...problem }
  }

  private get end(): Span {
    return { start: this.text.length, end: this.text.length }
  }

  private take(arg: number, token: Token): void {
    this.spans.push({ arg, start: token.start, end: token.end })
    this.last = arg
    this.at++
  }

  private readOne(arg: ArgSpec, index: number): void {
    const token = this.tokens[this.at]
    if (!token) {
      if (!arg.optional && !arg.implied) this.fail({ code: 'missing', label: arg.label }, this.end)
      this.leaveSelected(arg)
      return
    }
    if (arg.kind === 'text') return this.readText(arg, index, token)
    if (arg.kind === 'options') return this.readOptions(arg, index)
    if (token.word.startsWith(':') || token.word.startsWith('+')) {
      if (!arg.optional && !arg.implied) this.fail({ code: 'missing', label: arg.label }, { start: token.start, end: token.start })
      return
    }
    const result = readArgument(arg, token, this.text, this.vocabulary)
    if ('problem' in result) {
      if (arg.optional || (arg.implied && result.problem.code === 'unknownIncident' && this.nextTakes(index, token))) return
      this.spans.push({ arg: index, start: token.start, end: token.end })
      this.last = index
      this.problem = result.problem
      this.at++
      return
    }
    this.values = { ...this.values, ...result.value }
    this.take(index, token)
    if (arg.kind === 'pairs') this.readMorePairs(arg, index)
  }

  /** An incident that is left out at the end of the line is the selected one. */
  private leaveSelected(arg: ArgSpec): void {
    if (arg.implied === 'selected' && this.vocabulary.selectedId === null) this.fail({ code: 'missing', label: arg.label }, this.end)
  }

  private nextTakes(index: number, token: Token): boolean {
    const next = this.verb.args[index + 1]
    if (!next || next.kind === 'text' || next.kind === 'options') return false
    const result = readArgument(next, token, this.text, this.vocabulary)
    return 'value' in result || result.problem.code.startsWith('ambiguous') || !/\d/.test(token.word)
  }

  private readMorePairs(arg: ArgSpec, index: number): void {
    for (let token = this.tokens[this.at]; token && !/^[+:]/.test(token.word); token = this.tokens[this.at]) {
      const result = readArgument(arg, token, this.text, this.vocabulary)
      if ('problem' in result) {
        // A word that could be meant as a call sign is not taken for the first of the reason.
        if (result.problem.code === 'ambiguousPair' || /^[\p{L}\p{N}]*[-\d][-\d]*$/u.test(token.word)) {
          this.problem = result.problem
          this.take(index, token)
        }
        return
      }
      const [more] = result.value.pairs ?? []
      if (more !== undefined && this.values.pairs?.includes(more)) this.fail({ code: 'pairTwice', word: this.text.slice(token.start, token.end) }, token)
      else if (more !== undefined) this.values = { ...this.values, pairs: [...(this.values.pairs ?? []), more] }
      this.take(index, token)
      if (this.problem) return
    }
  }

  private readOptions(arg: ArgSpec, index: number): void {
    let options: Options | undefined
    for (let token = this.tokens[this.at]; token?.word.startsWith('+'); token = this.tokens[this.at]) {
      const result = readOption(arg, token, this.text)
      this.take(index, token)
      if ('problem' in result) {
        this.problem = result.problem
        return
      }
      options = { ...options, ...result.option }
    }
    if (options) this.values = { ...this.values, options }
  }

  /** Free words go on to the end of the line, as they were typed. A colon before them parts them from what could be meant otherwise. */
  private readText(arg: ArgSpec, index: number, token: Token): void {
    const text = this.text.slice(token.start).replace(/^[:：]/, '').trim()
    this.spans.push({ arg: index, start: token.start, end: this.text.length })
    this.at = this.tokens.length
    this.last = index
    const span = { start: token.start, end: this.text.length }
    if (text === '') {
      if (!arg.optional) this.fail({ code: 'missing', label: arg.label }, this.end)
    } else if (arg.most !== undefined && text.length > arg.most) this.fail({ code: 'tooLong', label: arg.label, most: arg.most, length: text.length }, span)
    else this.values = { ...this.values, text }
  }

  private spanOf(name: string): Span {
    const index = this.verb.args.findIndex((arg) => arg.name === name)
    return this.spans.find(({ arg }) => arg === index) ?? this.end
  }

  private fillImplied(): void {
    const arg = this.verb.args.find(({ implied }) => implied)
    if (!arg?.implied || this.values.incident !== undefined) return
    const { pair } = this.values
    if (arg.implied === 'selected' || pair === undefined) this.fillSelected(arg)
    else this.fillFromPair(arg, pair)
  }

  private fillSelected(arg: ArgSpec): void {
    const selected = this.vocabulary.selectedId === null ? undefined : this.vocabulary.incidents.get(this.vocabulary.selectedId)
    if (selected) this.values = { ...this.values, incident: selected.id }
    else this.fail({ code: 'noSelection', label: arg.label }, this.spans[0] ?? this.end)
  }

  private fillFromPair(arg: ArgSpec, pair: string): void {
    const span = this.spanOf('pair')
    const committed = this.vocabulary.pairs.get(pair)?.commitment?.incidentId
    const of = [...this.vocabulary.incidents.values()]
    const chosen = arg.implied === 'offer' ? of.filter((x) => pendingOffers(x).some((offer) => offer.pairId === pair)).map(({ id }) => id)
      : committed !== undefined ? [committed]
      : arg.implied === 'part' ? of.filter((x) => takesPart(x, pair)).map(({ id }) => id) : []
    const [incident] = chosen
    if (incident !== undefined && chosen.length === 1) this.values = { ...this.values, incident }
    else if (arg.implied === 'offer') this.fail({ code: incident === undefined ? 'noOffer' : 'severalOffers', pair }, span)
    else this.fail({ code: 'noCommitment', pair }, span)
  }

  private check(): void {
    const { incident, other, pair, to, options, text, member } = this.values
    if (other !== undefined && other === incident) this.fail({ code: 'sameIncident' }, this.spanOf('other'))
    if (to !== undefined && to === pair) this.fail({ code: 'samePair' }, this.spanOf('to'))
    if (options?.single && text === undefined) this.fail({ code: 'needsReason' }, this.end)
    const known = incident === undefined ? undefined : this.vocabulary.incidents.get(incident)
    const offered = this.verb.args.some(({ implied }) => implied === 'offer')
    if (offered && known && pair !== undefined && !pendingOffers(known).some((offer) => offer.pairId === pair)) this.fail({ code: 'noOffer', pair }, this.spanOf('pair'))
    if (member !== undefined && pair !== undefined && !this.vocabulary.pairs.get(pair)?.officers.some(({ role }) => role === member)) this.fail({ code: 'noMember', pair }, this.spanOf('member'))
  }

  /** After a space the next argument is being typed; a list and free words go on. */
  private activeArg(): number {
    const { args } = this.verb
    if (this.tokens.length === 1 && !/\s$/.test(folded(this.text))) return -1
    if (this.tokens.length === 1) return args.length === 0 ? 0 : this.firstTypable(0)
    const arg = args[this.last]
    if (!/\s$/.test(folded(this.text)) || this.problem?.end === this.tokens[this.tokens.length - 1]?.end) return this.last
    return arg?.kind === 'pairs' || arg?.kind === 'text' ? this.last : this.firstTypable(this.last + 1)
  }

  private firstTypable(from: number): number {
    return Math.min(from, this.verb.args.length)
  }
}

/** A number alone shows its incident. */
function asSelection(tokens: readonly Token[], text: string, vocabulary: Vocabulary): Parsed | null {
  const [only] = tokens
  const select = specOfVerb('select')
  if (!select || !only || tokens.length !== 1 || !findIncident(only.word, vocabulary)) return null
  const arg = select.args[0]
  const result = arg && readArgument(arg, only, text, vocabulary)
  if (!result) return null
  const spans = [{ arg: 0, start: only.start, end: only.end }]
  return 'problem' in result
    ? { verb: select, command: null, problem: result.problem, spans, active: 0 }
    : { verb: select, command: { kind: 'select', incident: result.value.incident ?? '' }, problem: null, spans, active: 0 }
}

/** Reads a line. Never throws: what cannot be understood is told with its place. */
export function parse(text: string, vocabulary: Vocabulary): Parsed {
  const tokens = tokensOf(text)
  const [first] = tokens
  if (!first) return { verb: null, command: null, problem: null, spans: [], active: -1 }
  const word = wordFor('verb', first.word)
  const verb = word === undefined ? undefined : specOfVerb(word)
  if (verb) return new Reading(text, tokens, verb, vocabulary).run()
  return asSelection(tokens, text, vocabulary)
    ?? { verb: null, command: null, problem: { code: 'unknownVerb', word: text.slice(first.start, first.end), start: first.start, end: first.end }, spans: [], active: -1 }
}
