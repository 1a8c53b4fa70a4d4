import type { CommandKind, Options, ValueName, Values, VerbName } from './command'

/** How an argument is written. */
export type ArgKind =
  | 'incident' | 'pair' | 'pairs' | 'category' | 'disposition' | 'declineReason' | 'station' | 'community'
  | 'priority' | 'number' | 'status' | 'activity' | 'member' | 'service' | 'options' | 'text' | 'verb'

/** Where an incident that was not named comes from: what is selected, what the pair is on, an offer the pair has not answered, or any part it has. */
export type Implied = 'selected' | 'commitment' | 'offer' | 'part'

/** Which incidents or pairs are put forward first. */
export type Preference = 'waiting' | 'ended' | 'merged' | 'free' | 'committed' | 'offered' | 'taking-part' | 'on-duty' | 'off-duty'

/** Key of the word for an argument in the language files. */
export type ArgLabel = 'incident' | 'other' | 'pairs' | 'pair' | 'to' | 'category' | 'priority' | 'community' | 'disposition' | 'reasonCode' | 'station' | 'service' | 'status' | 'activity' | 'member'
  | 'count' | 'options' | 'reason' | 'note' | 'summary' | 'text' | 'topic'

export interface ArgSpec {
  readonly name: ValueName
  readonly kind: ArgKind
  readonly label: ArgLabel
  readonly optional?: true
  readonly implied?: Implied
  readonly prefer?: Preference
  /** Longest text, in characters; the server's limit. */
  readonly most?: number
  readonly allow?: readonly (keyof Options)[]
}

export interface VerbSpec {
  readonly verb: VerbName
  readonly kind: CommandKind
  readonly group: 'take' | 'dispatch' | 'pairs' | 'incident' | 'duty' | 'other'
  readonly args: readonly ArgSpec[]
  /** What the verb itself says. */
  readonly preset?: Values
}

const reason: ArgSpec = { name: 'text', kind: 'text', label: 'reason', most: 500 }
const reasonMaybe: ArgSpec = { ...reason, optional: true }
const noteMaybe: ArgSpec = { name: 'text', kind: 'text', label: 'note', most: 4000, optional: true }
const incident: ArgSpec = { name: 'incident', kind: 'incident', label: 'incident', prefer: 'waiting' }
const incidentSelected: ArgSpec = { ...incident, implied: 'selected' }
const incidentEnded: ArgSpec = { ...incident, prefer: 'ended' }
const incidentOfPair: ArgSpec = { ...incident, implied: 'commitment' }
const incidentOffered: ArgSpec = { ...incident, implied: 'offer' }
const other: ArgSpec = { name: 'other', kind: 'incident', label: 'other', prefer: 'waiting' }
const pairs: ArgSpec = { name: 'pairs', kind: 'pairs', label: 'pairs', prefer: 'free' }
const pair = (prefer: Preference): ArgSpec => ({ name: 'pair', kind: 'pair', label: 'pair', prefer })
const to: ArgSpec = { name: 'to', kind: 'pair', label: 'to', prefer: 'free' }
const options = (...allow: (keyof Options)[]): ArgSpec => ({ name: 'options', kind: 'options', label: 'options', optional: true, allow })
const priority: ArgSpec = { name: 'priority', kind: 'priority', label: 'priority' }
const category: ArgSpec = { name: 'category', kind: 'category', label: 'category' }
const status: ArgSpec = { name: 'status', kind: 'status', label: 'status' }

function progress(verb: VerbName & ('enRoute' | 'onScene' | 'reported' | 'cleared')): VerbSpec {
  return { verb, kind: 'status', group: 'pairs', args: [incidentOfPair, pair('committed'), noteMaybe], preset: { status: verb } }
}

/** Every command there is: the parser, the completion and the help read it from here. The first of a kind is the one that commands of that kind are written with. */
export const verbs: readonly VerbSpec[] = [
  {
    verb: 'open', kind: 'open', group: 'take', args: [
      { ...category, optional: true },
      { ...priority, optional: true },
      { name: 'community', kind: 'community', label: 'community', optional: true },
      { name: 'text', kind: 'text', label: 'summary', optional: true, most: 2000 },
    ],
  },
  { verb: 'select', kind: 'select', group: 'take', args: [incident] },
  { verb: 'find', kind: 'find', group: 'take', args: [{ name: 'text', kind: 'text', label: 'text', most: 100 }] },
  { verb: 'note', kind: 'note', group: 'take', args: [incident, { name: 'text', kind: 'text', label: 'note', most: 4000 }] },
  { verb: 'recommend', kind: 'recommend', group: 'dispatch', args: [{ ...incident, implied: 'selected' }] },
  { verb: 'why', kind: 'why', group: 'dispatch', args: [incidentSelected, pair('on-duty')] },
  { verb: 'who', kind: 'who', group: 'dispatch', args: [pair('on-duty')] },
  { verb: 'offer', kind: 'offer', group: 'dispatch', args: [incidentSelected, pairs, options('seconds', 'preempt', 'single'), reasonMaybe] },
  { verb: 'auto', kind: 'auto', group: 'dispatch', args: [incident, options('seconds', 'preempt'), reasonMaybe] },
  { verb: 'assign', kind: 'assign', group: 'dispatch', args: [incidentSelected, pairs, options('preempt', 'single'), reason] },
  { verb: 'stack', kind: 'stack', group: 'dispatch', args: [incidentSelected, pairs, options('single'), reason] },
  { verb: 'reserve', kind: 'reserve', group: 'dispatch', args: [incidentSelected, pairs, options('single'), reason] },
  { verb: 'withdraw', kind: 'withdraw', group: 'dispatch', args: [incidentOffered, pair('offered'), reasonMaybe] },
  { verb: 'recall', kind: 'recall', group: 'dispatch', args: [{ ...incident, implied: 'part' }, pair('taking-part'), reason] },
  { verb: 'handover', kind: 'handover', group: 'dispatch', args: [{ ...incident, implied: 'part' }, pair('taking-part'), to, options('single'), reason] },
  { verb: 'backup', kind: 'backup', group: 'dispatch', args: [incident, { name: 'count', kind: 'number', label: 'count' }, options('auto'), reason] },
  { verb: 'accept', kind: 'accept', group: 'pairs', args: [incidentOffered, pair('offered')] },
  { verb: 'decline', kind: 'decline', group: 'pairs', args: [incidentOffered, pair('offered'), { name: 'reasonCode', kind: 'declineReason', label: 'reasonCode' }, { ...noteMaybe, most: 500 }] },
  { verb: 'status', kind: 'status', group: 'pairs', args: [incidentOfPair, pair('committed'), status, noteMaybe] },
  progress('enRoute'),
  progress('onScene'),
  progress('reported'),
  progress('cleared'),
  { verb: 'priority', kind: 'priority', group: 'incident', args: [incident, priority, reason] },
  { verb: 'category', kind: 'category', group: 'incident', args: [incidentSelected, category, reason] },
  { verb: 'hold', kind: 'hold', group: 'incident', args: [incident, reasonMaybe] },
  { verb: 'resume', kind: 'resume', group: 'incident', args: [incidentSelected, { ...pairs, optional: true }] },
  { verb: 'close', kind: 'close', group: 'incident', args: [incidentSelected, { name: 'disposition', kind: 'disposition', label: 'disposition' }, noteMaybe] },
  { verb: 'cancel', kind: 'cancel', group: 'incident', args: [incident, reasonMaybe] },
  { verb: 'reopen', kind: 'reopen', group: 'incident', args: [incidentEnded, reasonMaybe] },
  { verb: 'transfer', kind: 'transfer', group: 'incident', args: [incidentSelected, { name: 'station', kind: 'station', label: 'station' }, reason] },
  { verb: 'divert', kind: 'divert', group: 'incident', args: [incident, { name: 'service', kind: 'service', label: 'service', most: 64 }, reason] },
  { verb: 'merge', kind: 'merge', group: 'incident', args: [incident, other, reasonMaybe] },
  { verb: 'unmerge', kind: 'unmerge', group: 'incident', args: [{ ...incident, prefer: 'merged' }, reasonMaybe] },
  { verb: 'link', kind: 'link', group: 'incident', args: [incident, other, reasonMaybe] },
  { verb: 'unlink', kind: 'unlink', group: 'incident', args: [incident, other] },
  { verb: 'signOn', kind: 'signOn', group: 'duty', args: [pair('off-duty')] },
  { verb: 'signOff', kind: 'signOff', group: 'duty', args: [pair('on-duty'), options('after')] },
  { verb: 'activity', kind: 'activity', group: 'duty', args: [pair('on-duty'), { name: 'activity', kind: 'activity', label: 'activity' }, reasonMaybe] },
  { verb: 'leave', kind: 'leave', group: 'duty', args: [pair('on-duty'), { name: 'member', kind: 'member', label: 'member' }, reason] },
  { verb: 'return', kind: 'return', group: 'duty', args: [pair('on-duty'), { name: 'member', kind: 'member', label: 'member' }] },
  { verb: 'handoverAll', kind: 'handoverAll', group: 'duty', args: [pair('committed'), to, options('single'), reason] },
  { verb: 'panic', kind: 'panic', group: 'duty', args: [pair('on-duty'), { ...noteMaybe, most: 500 }] },
  { verb: 'free', kind: 'free', group: 'duty', args: [pair('committed'), reason] },
  { verb: 'undo', kind: 'undo', group: 'other', args: [] },
  { verb: 'help', kind: 'help', group: 'other', args: [{ name: 'topic', kind: 'verb', label: 'topic', optional: true }] },
]

/** Kinds of commands that change nothing on the server by themselves. */
export const looksOnly: ReadonlySet<CommandKind> = new Set(['open', 'select', 'find', 'recommend', 'why', 'who', 'undo', 'help'])

export const verbGroups = ['take', 'dispatch', 'pairs', 'incident', 'duty', 'other'] as const

const byVerb = new Map(verbs.map((spec) => [spec.verb, spec]))
const byKind = new Map<CommandKind, VerbSpec>()
for (const spec of verbs) if (!byKind.has(spec.kind)) byKind.set(spec.kind, spec)

export function specOfVerb(verb: VerbName): VerbSpec | undefined {
  return byVerb.get(verb)
}

/** The verb that commands of a kind are written with. */
export function specOfKind(kind: CommandKind): VerbSpec | undefined {
  return byKind.get(kind)
}
