import type { Incident } from '../incidents/incident'
import type { Locale } from '../locales/i18n'
import { nameIn } from '../organisation/organisation'
import { valuesOf, type Command, type Options, type Values } from './command'
import { keyOf, type Nameable } from './naming'
import type { Problem } from './problem'
import type { Undo } from './undo'
import type { Vocabulary } from './vocabulary'
import { formOf, type WordOf } from './words'

/** How a screen says something: the translation function of its language, and which that is. */
export interface Say {
  readonly t: (key: string, values?: Record<string, unknown>) => string
  readonly locale: Locale
  /** Name incidents by their number alone. */
  readonly brief?: boolean
}

function nameOf(key: string | null | undefined, list: readonly Nameable[], say: Say): string {
  const found = list.find((x) => keyOf(x) === key)
  return found ? nameIn(say.locale, found) : (key ?? '')
}

/** What a sentence says of an incident: its number, and beside it priority, category and community. */
export function incidentFacts(incident: Incident, vocabulary: Vocabulary, say: Say): Record<string, unknown> {
  return {
    number: incident.number,
    priority: incident.priority,
    category: nameOf(incident.category, vocabulary.categories, say),
    community: incident.communityId === null ? say.t('incident.elsewhere') : nameOf(incident.communityId, vocabulary.communities, say),
    status: say.t(`incident.status.${incident.status}`),
  }
}

function incidentName(id: string | undefined, vocabulary: Vocabulary, say: Say): string {
  const incident = id === undefined ? undefined : vocabulary.incidents.get(id)
  if (incident && say.brief) return incident.number
  return incident ? say.t('commandLine.incident', incidentFacts(incident, vocabulary, say)) : (id ?? '')
}

export function pairName(id: string | undefined, vocabulary: Vocabulary): string {
  return (id === undefined ? undefined : vocabulary.pairs.get(id)?.callSign) ?? id ?? ''
}

export function pairNames(ids: readonly string[] | undefined, vocabulary: Vocabulary, say: Say): string {
  return (ids ?? []).map((id) => pairName(id, vocabulary)).join(say.t('commandLine.and'))
}

function wordIn(kind: 'status' | 'activity' | 'member', word: string | undefined, say: Say): string {
  if (word === undefined) return ''
  return kind === 'activity' ? say.t(`pair.activity.${word}`) : formOf(kind, word as WordOf<typeof kind>, say.locale)
}

function facts(values: Values, vocabulary: Vocabulary, say: Say): Record<string, unknown> {
  return {
    incident: incidentName(values.incident, vocabulary, say),
    other: incidentName(values.other, vocabulary, say),
    pairs: pairNames(values.pairs, vocabulary, say),
    pair: pairName(values.pair, vocabulary),
    to: pairName(values.to, vocabulary),
    disposition: nameOf(values.disposition, vocabulary.dispositions, say),
    category: nameOf(values.category, vocabulary.categories, say),
    priority: values.priority ?? '',
    reasonCode: nameOf(values.reasonCode, vocabulary.declineReasons, say),
    station: nameOf(values.station, vocabulary.stations, say),
    service: values.service ?? '',
    status: wordIn('status', values.status, say),
    activity: wordIn('activity', values.activity, say),
    member: wordIn('member', values.member, say),
    count: values.count ?? 0,
    text: values.text ?? '',
    topic: values.topic ? formOf('verb', values.topic, say.locale) : '',
    draft: draftOf(values, vocabulary, say),
  }
}

function draftOf(values: Values, vocabulary: Vocabulary, say: Say): string {
  const known = [
    values.category ? nameOf(values.category, vocabulary.categories, say) : '',
    values.priority ? say.t('incident.priority', { n: values.priority }) : '',
    values.community ? nameOf(values.community, vocabulary.communities, say) : '',
    values.text ?? '',
  ].filter((part) => part !== '')
  return known.length > 0 ? `${say.locale === 'en' ? ': ' : '：'}${known.join(' · ')}` : ''
}

function extrasOf(options: Options | undefined, say: Say): string[] {
  if (!options) return []
  return [
    ...(options.seconds === undefined ? [] : [say.t('commandLine.with.seconds', { n: options.seconds })]),
    ...(['preempt', 'single', 'auto', 'after'] as const).filter((name) => options[name]).map((name) => say.t(`commandLine.with.${name}`)),
  ]
}

/** Commands whose own sentence has their words in it. */
const wordsWithin: ReadonlySet<Command['kind']> = new Set(['note', 'open', 'find'])

/** What a command does, in one sentence. */
export function sentenceOf(command: Command, vocabulary: Vocabulary, say: Say): string {
  const values = valuesOf(command)
  const key = command.kind === 'resume' && command.pairs ? 'resumePairs' : command.kind === 'help' && command.topic ? 'helpTopic' : command.kind
  const says = say.t(`commandLine.says.${key}`, facts(values, vocabulary, say))
  const extras = extrasOf(values.options, say)
  const withExtras = extras.length > 0 ? say.t('commandLine.with.extras', { says, extras: extras.join(say.t('commandLine.and')) }) : says
  return values.text === undefined || wordsWithin.has(command.kind) ? withExtras : say.t('commandLine.with.text', { says: withExtras, text: values.text })
}

/** What undoing does, or why it does nothing. */
export function undoSentence(undo: Undo, command: Command, line: string, vocabulary: Vocabulary, say: Say): string {
  if (undo.possible) return say.t(`commandLine.undoing.${undo.says}`, { ...facts(undo.about, vocabulary, say), taken: pairNames(undo.taken, vocabulary, say) })
  if (undo.why === 'gone') return say.t('commandLine.undoing.gone', { text: line })
  return say.t('commandLine.undoing.none', { text: line, hint: say.t(`commandLine.undoing.hint.${command.kind}`) })
}

/** What is wrong with a line, in words. */
export function problemSentence(problem: Problem, vocabulary: Vocabulary, say: Say): string {
  const { code, label, pair, ...rest } = problem
  return say.t(`commandLine.problem.${code}`, { ...rest, arg: label ? say.t(`commandLine.arg.${label}`) : '', pair: pairName(pair, vocabulary) })
}
