import { isFinished, type Priority } from '../incidents/incident'
import { livePartsOf, type DeskIncident } from './deskIncident'
import type { Intent } from './keyMap'

/** Something that can be done to an incident, by the name of its key. */
export const actionNames = [
  'offer', 'auto', 'assign', 'stack', 'reserve', 'preempt', 'handover', 'callOff', 'backup', 'reclassify', 'hold', 'close', 'cancel', 'reopen', 'merge', 'link', 'transfer', 'divert',
] as const satisfies readonly Intent[]

export type ActionName = (typeof actionNames)[number]

/** What somebody says with an action. */
export interface ActionWords {
  readonly pairIds: readonly string[]
  readonly fromPairId: string
  readonly toPairId: string
  readonly reason: string
  readonly overrideReason: string
  readonly disposition: string
  readonly note: string
  readonly pairs: number
  readonly auto: boolean
  readonly stationId: string
  readonly to: string
  readonly otherId: string
  readonly category: string
  /** 1 (highest) to 4; 0 while none is chosen. */
  readonly priority: Priority | 0
}

export type ActionField = keyof ActionWords

export const noWords: ActionWords = {
  pairIds: [], fromPairId: '', toPairId: '', reason: '', overrideReason: '', disposition: '', note: '', pairs: 1, auto: true, stationId: '', to: '', otherId: '', category: '', priority: 0,
}

/** What an action asks for, in the order of its form; those that need nothing are done at once. */
export const fieldsOf: Readonly<Record<ActionName, readonly { readonly name: ActionField; readonly needed: boolean }[]>> = {
  offer: [{ name: 'pairIds', needed: true }, { name: 'overrideReason', needed: false }],
  auto: [],
  assign: [{ name: 'pairIds', needed: true }, { name: 'reason', needed: true }, { name: 'overrideReason', needed: false }],
  stack: [{ name: 'pairIds', needed: true }, { name: 'reason', needed: true }],
  reserve: [{ name: 'pairIds', needed: true }, { name: 'reason', needed: true }],
  preempt: [{ name: 'pairIds', needed: true }],
  handover: [{ name: 'fromPairId', needed: true }, { name: 'toPairId', needed: true }, { name: 'reason', needed: true }, { name: 'overrideReason', needed: false }],
  callOff: [{ name: 'fromPairId', needed: true }, { name: 'reason', needed: true }],
  backup: [{ name: 'pairs', needed: true }, { name: 'reason', needed: true }, { name: 'auto', needed: false }],
  reclassify: [{ name: 'priority', needed: true }, { name: 'category', needed: true }, { name: 'reason', needed: true }],
  hold: [{ name: 'reason', needed: false }],
  close: [{ name: 'disposition', needed: true }, { name: 'note', needed: false }],
  cancel: [{ name: 'reason', needed: false }],
  reopen: [{ name: 'reason', needed: false }],
  merge: [{ name: 'otherId', needed: true }, { name: 'reason', needed: false }],
  link: [{ name: 'otherId', needed: true }, { name: 'reason', needed: false }],
  transfer: [{ name: 'stationId', needed: true }, { name: 'reason', needed: true }],
  divert: [{ name: 'to', needed: true }, { name: 'reason', needed: true }],
}

/** Whether an action makes sense now; the server has the last word. */
export function mayDo(action: ActionName, incident: DeskIncident): boolean {
  const open = !isFinished(incident)
  const parts = livePartsOf(incident)
  switch (action) {
    case 'reserve': return open && !!incident.scheduledFor
    case 'auto': case 'stack': case 'preempt': return open && !incident.scheduledFor
    case 'handover': case 'callOff': return open && parts.length > 0
    case 'reclassify': return open && incident.panicPairId === null
    case 'reopen': return !open
    case 'merge': return open || incident.status === 'merged'
    case 'link': return true
    default: return open
  }
}

/** Which fields are still to be filled. */
export function missingWords(action: ActionName, words: ActionWords): ActionField[] {
  return fieldsOf[action].filter(({ name, needed }) => {
    const value = words[name]
    return needed && (typeof value === 'number' ? !(value >= 1) : typeof value === 'boolean' ? false : value.length === 0 || (typeof value === 'string' && value.trim() === ''))
  }).map(({ name }) => name)
}

export interface ActionRequest {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The command that an action is. `merge` of an incident that is merged already takes that back, `hold` of one that is on hold takes it up again. */
export function requestOf(action: ActionName, incident: DeskIncident, words: ActionWords): ActionRequest {
  const at = (rest: string) => `/incidents/${incident.id}/${rest}`
  const reason = words.reason.trim() === '' ? {} : { reason: words.reason.trim() }
  const override = words.overrideReason.trim() === '' ? {} : { overrideReason: words.overrideReason.trim() }
  const offers = (more: Record<string, unknown>) => ({ path: at('offers'), body: { pairIds: words.pairIds, ...more, ...override } })
  switch (action) {
    case 'offer': return offers({ mode: 'offer' })
    case 'preempt': return offers({ mode: 'offer', preempt: true })
    case 'auto': return { path: at('offers'), body: { auto: true } }
    case 'assign': case 'stack': case 'reserve': return offers({ mode: action, ...reason })
    case 'handover': return { path: at(`assignments/${words.fromPairId}/handover`), body: { toPairId: words.toPairId, ...reason, ...override } }
    case 'callOff': return { path: at(`assignments/${words.fromPairId}/cancel`), body: reason }
    case 'backup': return { path: at('backup'), body: { pairs: words.pairs, ...reason, auto: words.auto } }
    case 'reclassify': return { path: at('reclassify'), body: { category: words.category, priority: words.priority, ...reason } }
    case 'close': return { path: at('close'), body: { disposition: words.disposition, ...(words.note.trim() === '' ? {} : { note: words.note.trim() }) } }
    case 'merge': return incident.status === 'merged' ? { path: at('merge/undo'), body: reason } : { path: at('merge'), body: { intoId: words.otherId, ...reason } }
    case 'hold': return { path: at(incident.status === 'onHold' ? 'resume' : 'hold'), body: reason }
    case 'link': return { path: at('links'), body: { otherId: words.otherId, ...reason } }
    case 'transfer': return { path: at('transfer'), body: { stationId: words.stationId, ...reason } }
    case 'divert': return { path: at('divert'), body: { to: words.to.trim(), ...reason } }
    default: return { path: at(action), body: reason }
  }
}

/** The command that takes an action back, where there is one. */
export function undoOf(action: ActionName, incident: DeskIncident, words: ActionWords): ActionRequest | null {
  switch (action) {
    case 'merge': return incident.status === 'merged' ? null : { path: `/incidents/${incident.id}/merge/undo`, body: {} }
    case 'link': return { path: `/incidents/${incident.id}/links/remove`, body: { otherId: words.otherId } }
    case 'hold': return { path: `/incidents/${incident.id}/${incident.status === 'onHold' ? 'hold' : 'resume'}`, body: {} }
    case 'close': case 'cancel': case 'divert': return { path: `/incidents/${incident.id}/reopen`, body: {} }
    case 'reclassify': return { path: `/incidents/${incident.id}/reclassify`, body: { category: incident.category, priority: incident.priority, reason: words.reason.trim() } }
    case 'transfer': return { path: `/incidents/${incident.id}/transfer`, body: { stationId: incident.stationId, reason: words.reason.trim() } }
    default: return null
  }
}
