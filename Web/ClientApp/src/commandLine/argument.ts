import type { Priority } from '../incidents/incident'
import type { Options, Values } from './command'
import { findIncident, findNamed, findPair, keyOf, type Found, type Nameable } from './naming'
import type { Problem } from './problem'
import { spellIncident } from './spelling'
import { folded, type Token } from './tokens'
import type { ArgSpec } from './verbs'
import type { Vocabulary } from './vocabulary'
import { wordFor } from './words'

export type Read = { readonly value: Values } | { readonly problem: Problem }

const mostPairs = 50
const mostSeconds = 86_400

function failed(token: Token, problem: Omit<Problem, 'start' | 'end'>): Read {
  return { problem: { start: token.start, end: token.end, ...problem } }
}

function read<T>(found: Found<T>, token: Token, value: (one: T) => Values, none: Omit<Problem, 'start' | 'end'>, several: (all: readonly T[]) => Omit<Problem, 'start' | 'end'>): Read {
  if (!found) return failed(token, none)
  return 'one' in found ? { value: value(found.one) } : failed(token, several(found.several))
}

function readNamed(list: readonly Nameable[], arg: ArgSpec, token: Token, word: string): Read {
  const text = { word, label: arg.label }
  return read(findNamed(word, list), token, (one) => ({ [arg.name]: keyOf(one) }), { code: 'unknownWord', ...text }, () => ({ code: 'ambiguousWord', ...text }))
}

function readNumber(arg: ArgSpec, token: Token, from: number, to: number): Read {
  const digits = token.word.replace(/^p(?=\d)/, arg.kind === 'priority' ? '' : 'p').replace(/^(\d+)[对级]$/, '$1')
  const number = /^\d{1,6}$/.test(digits) ? Number(digits) : NaN
  return number >= from && number <= to ? { value: { [arg.name]: number } } : failed(token, { code: 'notNumber', label: arg.label, from, to })
}

function readWord(arg: ArgSpec, kind: 'status' | 'activity' | 'member' | 'verb', token: Token, word: string): Read {
  const known = wordFor(kind, token.word)
  return known === undefined ? failed(token, { code: 'unknownWord', word, label: arg.label }) : { value: { [arg.name]: known } }
}

/** What one word means where an argument of this kind is expected. */
export function readArgument(arg: ArgSpec, token: Token, text: string, vocabulary: Vocabulary): Read {
  const word = text.slice(token.start, token.end)
  switch (arg.kind) {
    case 'incident':
      return read(findIncident(token.word, vocabulary), token, ({ id }) => ({ [arg.name]: id }),
        token.word === '.' ? { code: 'noSelection' } : { code: 'unknownIncident', word },
        (all) => ({ code: 'ambiguousIncident', word, count: all.length, ...(all[0] ? { example: spellIncident(all[0], vocabulary) } : {}) }))
    case 'pair':
    case 'pairs':
      return read(findPair(token.word, vocabulary), token, ({ id }) => (arg.kind === 'pairs' ? { pairs: [id] } : { [arg.name]: id }),
        { code: 'unknownPair', word }, (all) => ({ code: 'ambiguousPair', word, count: all.length }))
    case 'category': return readNamed(vocabulary.categories, arg, token, word)
    case 'disposition': return readNamed(vocabulary.dispositions, arg, token, word)
    case 'declineReason': return readNamed(vocabulary.declineReasons, arg, token, word)
    case 'station': return readNamed(vocabulary.stations, arg, token, word)
    case 'community': return readNamed(vocabulary.communities, arg, token, word)
    case 'priority': return readPriority(arg, token)
    case 'number': return readNumber(arg, token, 1, mostPairs)
    case 'status':
    case 'activity':
    case 'member':
    case 'verb': return readWord(arg, arg.kind, token, word)
    case 'service':
      return word.length > (arg.most ?? Infinity) ? failed(token, { code: 'tooLong', label: arg.label, most: arg.most ?? 0, length: word.length }) : { value: { service: word } }
    case 'options':
    case 'text':
      return failed(token, { code: 'extra', word })
  }
}

function readPriority(arg: ArgSpec, token: Token): Read {
  const number = readNumber(arg, token, 1, 4)
  return 'value' in number ? { value: { priority: number.value.priority as Priority } } : number
}

/** What an option says: `+90` or `+90秒` for seconds, else one of the words. */
export function readOption(arg: ArgSpec, token: Token, text: string): { readonly option: Options } | { readonly problem: Problem } {
  const word = folded(token.word).slice(1)
  const unknown = { problem: { code: 'unknownOption' as const, word: text.slice(token.start, token.end), start: token.start, end: token.end } }
  const seconds = /^(\d{1,6})(.*)$/.exec(word)
  if (seconds && arg.allow?.includes('seconds') && (seconds[2] === '' || wordFor('option', seconds[2] ?? '') === 'seconds')) {
    const number = Number(seconds[1])
    return number >= 1 && number <= mostSeconds ? { option: { seconds: number } } : { problem: { code: 'notNumber', label: arg.label, from: 1, to: mostSeconds, start: token.start, end: token.end } }
  }
  const known = wordFor('option', word)
  return known === undefined || known === 'seconds' || !arg.allow?.includes(known) ? unknown : { option: { [known]: true } }
}
