import type { Priority } from '../incidents/incident'
import type { Activity } from '../pairs/pair'
import type { Command, CommandKind, Values } from './command'
import { takesPart } from './parse'
import { callingOff, requestOf, withdrawing, type Request, type Wording } from './request'
import type { Vocabulary } from './vocabulary'

/** What was so before a command changed it. */
export interface Before {
  readonly activity?: Activity
  readonly station?: string
  readonly priority?: Priority
  readonly category?: string
}

/** A command that was done. */
export interface Done {
  readonly command: Command
  readonly before: Before
  /** What the server answered. */
  readonly answer: unknown
}

/** Key of the sentence that says what undoing does. */
export type Undoing = 'offer' | 'offerTaken' | 'assign' | 'hold' | 'resume' | 'reopen' | 'transfer' | 'merge' | 'link' | 'unlink' | 'signOn' | 'signOff' | 'activity' | 'leave' | 'priority' | 'category'

/** How a command is taken back, or why it cannot be. */
export type Undo =
  | { readonly possible: true; readonly says: Undoing; readonly about: Values; readonly taken?: readonly string[]; readonly asks: boolean; readonly requests: readonly Request[] }
  | { readonly possible: false; readonly why: 'none' | 'gone' }

/** Which commands can be undone and the words of help on how; the others have no opposite in the protocol. */
export const opposites: Partial<Record<CommandKind, 'offer' | 'assign' | 'recallPart' | 'accept' | 'hold' | 'resume' | 'reopen' | 'transfer' | 'merge' | 'link' | 'unlink' | 'signOn' | 'signOff' | 'activity' | 'leave' | 'priority' | 'category'>> = {
  offer: 'offer', assign: 'assign', stack: 'recallPart', reserve: 'recallPart', accept: 'accept', hold: 'hold', resume: 'resume', cancel: 'reopen', close: 'reopen', divert: 'reopen',
  priority: 'priority', category: 'category', transfer: 'transfer', merge: 'merge', link: 'link', unlink: 'unlink', signOn: 'signOn', signOff: 'signOff', activity: 'activity', leave: 'leave',
}

export function beforeOf(command: Command, vocabulary: Vocabulary): Before {
  if (command.kind === 'activity') {
    const activity = vocabulary.pairs.get(command.pair)?.activity
    return activity ? { activity } : {}
  }
  const of = 'incident' in command ? vocabulary.incidents.get(command.incident) : undefined
  switch (of && command.kind) {
    case 'transfer': return { station: of!.stationId }
    case 'priority': return { priority: of!.priority }
    case 'category': return { category: of!.category }
    default: return {}
  }
}

const gone: Undo = { possible: false, why: 'gone' }

function by(says: Undoing, command: Command, about: Values, asks: boolean, vocabulary: Vocabulary, wording: Wording): Undo {
  const request = requestOf(command, vocabulary, wording)
  return request ? { possible: true, says, about, asks, requests: [request] } : gone
}

interface OfferMade {
  readonly id: string
  readonly pairId: string
}

/** The offers that an answer tells of; the answer of our server has them, whatever else it has. */
export function offersMade(answer: unknown): readonly (OfferMade & { readonly status?: string; readonly reason?: string | null })[] {
  const offers = typeof answer === 'object' && answer !== null && 'offers' in answer ? answer.offers : null
  return Array.isArray(offers) ? (offers as OfferMade[]) : []
}

/** Where the feed has not told of an offer yet, the answer that made it counts. */
function undoOffers(incident: string, answer: unknown, vocabulary: Vocabulary, wording: Wording): Undo {
  const known = vocabulary.incidents.get(incident)
  const made = offersMade(answer).map((offer) => known?.offers.find(({ id }) => id === offer.id) ?? offer)
  const pending = made.filter(({ status }) => status === 'pending')
  const taken = known ? made.filter(({ status, pairId }) => status === 'accepted' && takesPart(known, pairId)).map(({ pairId }) => pairId) : []
  const requests = [...pending.map(({ id }) => withdrawing(id, wording.takenBack)), ...taken.map((pair) => callingOff(incident, pair, wording.takenBack))]
  if (requests.length === 0) return gone
  return { possible: true, says: taken.length > 0 ? 'offerTaken' : 'offer', about: { incident, pairs: pending.map(({ pairId }) => pairId) }, taken, asks: taken.length > 0, requests }
}

function undoParts(incident: string, pairs: readonly string[], asks: boolean, vocabulary: Vocabulary, wording: Wording): Undo {
  const known = vocabulary.incidents.get(incident)
  const still = pairs.filter((pair) => known && (takesPart(known, pair) || !known.assignments.some(({ pairId }) => pairId === pair)))
  return still.length === 0 ? gone : { possible: true, says: 'assign', about: { incident, pairs: still }, asks, requests: still.map((pair) => callingOff(incident, pair, wording.takenBack)) }
}

/** What undoing would do now. */
export function undoOf({ command, before, answer }: Done, vocabulary: Vocabulary, wording: Wording): Undo {
  const text = wording.takenBack
  switch (command.kind) {
    case 'offer': return undoOffers(command.incident, answer, vocabulary, wording)
    case 'assign': return undoParts(command.incident, command.pairs, true, vocabulary, wording)
    case 'stack':
    case 'reserve': return undoParts(command.incident, command.pairs, false, vocabulary, wording)
    case 'accept': return undoParts(command.incident, [command.pair], true, vocabulary, wording)
    case 'hold': return by('hold', { kind: 'resume', incident: command.incident }, { incident: command.incident }, false, vocabulary, wording)
    case 'resume': return by('resume', { kind: 'hold', incident: command.incident, text }, { incident: command.incident }, false, vocabulary, wording)
    case 'cancel':
    case 'close':
    case 'divert': return by('reopen', { kind: 'reopen', incident: command.incident, text }, { incident: command.incident }, true, vocabulary, wording)
    case 'priority': return before.priority === undefined ? gone
      : by('priority', { kind: 'priority', incident: command.incident, priority: before.priority, text }, { incident: command.incident, priority: before.priority }, false, vocabulary, wording)
    case 'category': return before.category === undefined ? gone
      : by('category', { kind: 'category', incident: command.incident, category: before.category, text }, { incident: command.incident, category: before.category }, false, vocabulary, wording)
    case 'transfer': return before.station === undefined ? gone
      : by('transfer', { kind: 'transfer', incident: command.incident, station: before.station, text }, { incident: command.incident, station: before.station }, true, vocabulary, wording)
    case 'merge': return by('merge', { kind: 'unmerge', incident: command.incident, text }, { incident: command.incident }, false, vocabulary, wording)
    case 'link': return by('link', { kind: 'unlink', incident: command.incident, other: command.other }, { incident: command.incident, other: command.other }, false, vocabulary, wording)
    case 'unlink': return by('unlink', { kind: 'link', incident: command.incident, other: command.other }, { incident: command.incident, other: command.other }, false, vocabulary, wording)
    case 'signOn': return by('signOn', { kind: 'signOff', pair: command.pair }, { pair: command.pair }, false, vocabulary, wording)
    case 'signOff': return by('signOff', { kind: 'signOn', pair: command.pair }, { pair: command.pair }, false, vocabulary, wording)
    case 'activity': return before.activity === undefined ? gone
      : by('activity', { kind: 'activity', pair: command.pair, activity: before.activity }, { pair: command.pair, activity: before.activity }, false, vocabulary, wording)
    case 'leave': return by('leave', { kind: 'return', pair: command.pair, member: command.member }, { pair: command.pair, member: command.member }, false, vocabulary, wording)
    default: return { possible: false, why: 'none' }
  }
}
