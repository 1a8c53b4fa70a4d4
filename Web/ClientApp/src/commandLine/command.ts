import type { Priority } from '../incidents/incident'
import type { Activity } from '../pairs/pair'
import type { WordOf } from './words'

export type VerbName = WordOf<'verb'>

/** What modifies a command, written with a plus sign. */
export interface Options {
  /** Seconds in which an offer can be accepted. */
  readonly seconds?: number
  readonly preempt?: true
  readonly single?: true
  readonly auto?: true
  readonly after?: true
}

/** What a command can be about. Incidents and pairs are ids, all else codes or words of the sender. */
export interface Values {
  readonly incident?: string
  readonly other?: string
  readonly pairs?: readonly string[]
  readonly pair?: string
  readonly to?: string
  readonly category?: string
  readonly priority?: Priority
  readonly community?: string
  readonly disposition?: string
  readonly reasonCode?: string
  readonly station?: string
  /** Another service, such as `12345`. */
  readonly service?: string
  readonly status?: WordOf<'status'>
  readonly activity?: Activity
  readonly member?: WordOf<'member'>
  readonly count?: number
  readonly options?: Options
  readonly text?: string
  readonly topic?: VerbName
}

export type ValueName = keyof Values

type Of<Kind extends string, Needs extends ValueName = never, May extends ValueName = never> =
  { readonly kind: Kind } & { readonly [N in Needs]: NonNullable<Values[N]> } & { readonly [N in May]?: Values[N] }

/** Something that was said on the command line and understood. */
export type Command =
  | Of<'open', never, 'category' | 'priority' | 'community' | 'text'>
  | Of<'offer', 'incident' | 'pairs', 'options' | 'text'>
  | Of<'auto', 'incident', 'options' | 'text'>
  | Of<'assign' | 'stack' | 'reserve', 'incident' | 'pairs' | 'text', 'options'>
  | Of<'withdraw', 'incident' | 'pair', 'text'>
  | Of<'accept', 'incident' | 'pair'>
  | Of<'decline', 'incident' | 'pair' | 'reasonCode', 'text'>
  | Of<'recall', 'incident' | 'pair' | 'text'>
  | Of<'handover', 'incident' | 'pair' | 'to' | 'text', 'options'>
  | Of<'handoverAll', 'pair' | 'to' | 'text', 'options'>
  | Of<'status', 'incident' | 'pair' | 'status', 'text'>
  | Of<'backup', 'incident' | 'count' | 'text', 'options'>
  | Of<'note', 'incident' | 'text'>
  | Of<'hold' | 'cancel' | 'reopen' | 'unmerge', 'incident', 'text'>
  | Of<'resume', 'incident', 'pairs'>
  | Of<'close', 'incident' | 'disposition', 'text'>
  | Of<'priority', 'incident' | 'priority' | 'text'>
  | Of<'category', 'incident' | 'category' | 'text'>
  | Of<'transfer', 'incident' | 'station' | 'text'>
  | Of<'divert', 'incident' | 'service' | 'text'>
  | Of<'merge' | 'link', 'incident' | 'other', 'text'>
  | Of<'unlink', 'incident' | 'other'>
  | Of<'signOn', 'pair'>
  | Of<'signOff', 'pair', 'options'>
  | Of<'activity', 'pair' | 'activity', 'text'>
  | Of<'leave', 'pair' | 'member' | 'text'>
  | Of<'return', 'pair' | 'member'>
  | Of<'panic', 'pair', 'text'>
  | Of<'free', 'pair' | 'text'>
  | Of<'find', 'text'>
  | Of<'select', 'incident'>
  | Of<'who', 'pair'>
  | Of<'why', 'incident' | 'pair'>
  | Of<'recommend', 'incident'>
  | Of<'undo'>
  | Of<'help', never, 'topic'>

export type CommandKind = Command['kind']

/** What a command says, by name: for code that treats all kinds alike. */
export function valuesOf(command: Command): Values & { readonly kind: CommandKind } {
  return command
}
