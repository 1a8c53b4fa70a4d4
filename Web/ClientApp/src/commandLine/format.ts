import type { Locale } from '../locales/i18n'
import { valuesOf, type Command, type Options, type Values } from './command'
import { keyOf, type Nameable } from './naming'
import { spellIncident, spellNamed, spellPair } from './spelling'
import { specOfKind, type ArgSpec, type VerbSpec } from './verbs'
import type { Vocabulary } from './vocabulary'
import { formOf, type WordOf } from './words'

const optionOrder = ['preempt', 'single', 'auto', 'after'] as const

function formatOptions(options: Options, locale: Locale): string {
  const words = optionOrder.filter((name) => options[name]).map((name) => `+${formOf('option', name, locale)}`)
  return [...(options.seconds === undefined ? [] : [`+${options.seconds}${formOf('option', 'seconds', locale)}`]), ...words].join(' ')
}

function named(key: string | undefined, list: readonly Nameable[], locale: Locale): string {
  const found = list.find((x) => keyOf(x) === key)
  return found ? spellNamed(found, list, locale) : (key ?? '')
}

function pairWord(id: string | undefined, vocabulary: Vocabulary): string {
  const pair = id === undefined ? undefined : vocabulary.pairs.get(id)
  return pair ? spellPair(pair, vocabulary) : (id ?? '')
}

function incidentWord(id: string | undefined, vocabulary: Vocabulary): string {
  const incident = id === undefined ? undefined : vocabulary.incidents.get(id)
  return incident ? spellIncident(incident, vocabulary) : (id ?? '')
}

/** A word that stays a word where the argument before it may be left out. */
function formatText(text: string, index: number, spec: VerbSpec): string {
  const doubtful = spec.args.slice(0, index).some(({ optional, implied, kind }) => optional || implied || kind === 'pairs')
  return doubtful || /^[:：]/.test(text) ? `: ${text}` : text
}

function formatArgument(arg: ArgSpec, index: number, spec: VerbSpec, values: Values, vocabulary: Vocabulary, locale: Locale): string {
  switch (arg.kind) {
    case 'incident': return incidentWord(arg.name === 'other' ? values.other : values.incident, vocabulary)
    case 'pair': return pairWord(arg.name === 'to' ? values.to : values.pair, vocabulary)
    case 'pairs': return (values.pairs ?? []).map((id) => pairWord(id, vocabulary)).join(' ')
    case 'category': return named(values.category, vocabulary.categories, locale)
    case 'disposition': return named(values.disposition, vocabulary.dispositions, locale)
    case 'declineReason': return named(values.reasonCode, vocabulary.declineReasons, locale)
    case 'station': return named(values.station, vocabulary.stations, locale)
    case 'community': return named(values.community, vocabulary.communities, locale)
    case 'priority': return `P${values.priority}`
    case 'number': return String(values.count)
    case 'status': return values.status ? formOf('status', values.status, locale) : ''
    case 'activity': return values.activity ? formOf('activity', values.activity as WordOf<'activity'>, locale) : ''
    case 'member': return values.member ? formOf('member', values.member, locale) : ''
    case 'verb': return values.topic ? formOf('verb', values.topic, locale) : ''
    case 'service': return values.service ?? ''
    case 'options': return values.options ? formatOptions(values.options, locale) : ''
    case 'text': return values.text === undefined ? '' : formatText(values.text, index, spec)
  }
}

/** A command as a line that means the same. */
export function format(command: Command, vocabulary: Vocabulary, locale: Locale): string {
  const spec = specOfKind(command.kind)
  if (!spec) return ''
  const values = valuesOf(command)
  const words = spec.args.filter((arg) => values[arg.name] !== undefined)
    .map((arg) => formatArgument(arg, spec.args.indexOf(arg), spec, values, vocabulary, locale))
  return [formOf('verb', spec.verb, locale), ...words].join(' ')
}
