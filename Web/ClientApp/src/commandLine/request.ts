import { pendingOffers } from '../incidents/incident'
import type { Command, Options } from './command'
import type { Vocabulary } from './vocabulary'

/** A call of the API, under `/api/v1`. */
export interface Request {
  readonly path: string
  readonly body: unknown
}

/** Words that go into the record with what the command line does of itself, in the language of the sender. */
export interface Wording {
  readonly withdrawn: string
  readonly takenBack: string
}

export function offerOf(incident: string, pair: string, vocabulary: Vocabulary): string | undefined {
  const known = vocabulary.incidents.get(incident)
  return known && pendingOffers(known).find(({ pairId }) => pairId === pair)?.id
}

/** Takes an offer back that nobody has answered. */
export function withdrawing(offerId: string, reason: string): Request {
  return { path: `/offers/${encodeURIComponent(offerId)}/withdraw`, body: { reason } }
}

export function callingOff(incident: string, pair: string, reason: string): Request {
  return { path: `/incidents/${incident}/assignments/${encodeURIComponent(pair)}/cancel`, body: { reason } }
}

function offering(incident: string, more: object, { options, text }: { options?: Options; text?: string }): Request {
  return {
    path: `/incidents/${incident}/offers`,
    body: {
      ...more,
      ...(text === undefined ? {} : { reason: text }),
      ...(options?.seconds === undefined ? {} : { expiresInSeconds: options.seconds }),
      ...(options?.preempt ? { preempt: true } : {}),
      ...(options?.single ? { overrideReason: text } : {}),
    },
  }
}

function officersOf(pair: string, vocabulary: Vocabulary): string[] {
  return vocabulary.pairs.get(pair)?.officers.map(({ id }) => id) ?? []
}

function memberOf(pair: string, role: string, vocabulary: Vocabulary): string | undefined {
  return vocabulary.pairs.get(pair)?.officers.find((officer) => officer.role === role)?.id
}

/** What is left out is left out of the body too. */
function given(name: string, value: string | undefined): object {
  return value === undefined ? {} : { [name]: value }
}

function ofIncident(incident: string, name: string, body: object): Request {
  return { path: `/incidents/${incident}/${name}`, body }
}

function ofPair(pair: string, name: string, body: object): Request {
  return { path: `/pairs/${encodeURIComponent(pair)}/${name}`, body }
}

/** What is sent for a command; null for those that only look, and where an offer that it is about is no longer open. */
export function requestOf(command: Command, vocabulary: Vocabulary, wording: Wording): Request | null {
  switch (command.kind) {
    case 'offer': return offering(command.incident, { pairIds: command.pairs, mode: 'offer' }, command)
    case 'assign':
    case 'stack':
    case 'reserve': return offering(command.incident, { pairIds: command.pairs, mode: command.kind }, command)
    case 'auto': return offering(command.incident, { auto: true, mode: 'offer' }, command)
    case 'resume': return command.pairs ? offering(command.incident, { pairIds: command.pairs, mode: 'offer' }, {}) : ofIncident(command.incident, 'resume', {})
    case 'withdraw': {
      const offer = offerOf(command.incident, command.pair, vocabulary)
      return offer === undefined ? null : withdrawing(offer, command.text ?? wording.withdrawn)
    }
    case 'accept':
    case 'decline': {
      const offer = offerOf(command.incident, command.pair, vocabulary)
      const body = command.kind === 'decline' ? { reason: command.reasonCode, ...given('note', command.text) } : {}
      return offer === undefined ? null : { path: `/offers/${encodeURIComponent(offer)}/${command.kind}`, body }
    }
    case 'recall': return callingOff(command.incident, command.pair, command.text)
    case 'handover':
      return ofIncident(command.incident, `assignments/${encodeURIComponent(command.pair)}/handover`,
        { toPairId: command.to, reason: command.text, ...given('overrideReason', command.options?.single && command.text) })
    case 'handoverAll': return ofPair(command.pair, 'handover', { toPairId: command.to, reason: command.text, ...given('overrideReason', command.options?.single && command.text) })
    case 'status': return ofIncident(command.incident, `assignments/${encodeURIComponent(command.pair)}/status`, { status: command.status, ...given('note', command.text) })
    case 'backup': return ofIncident(command.incident, 'backup', { pairs: command.count, reason: command.text, ...(command.options?.auto ? { auto: true } : {}) })
    case 'note': return ofIncident(command.incident, 'notes', { text: command.text })
    case 'priority': return ofIncident(command.incident, 'reclassify', { priority: command.priority, reason: command.text })
    case 'category': return ofIncident(command.incident, 'reclassify', { category: command.category, reason: command.text })
    case 'hold':
    case 'cancel':
    case 'reopen': return ofIncident(command.incident, command.kind, given('reason', command.text))
    case 'close': return ofIncident(command.incident, 'close', { disposition: command.disposition, ...given('note', command.text) })
    case 'transfer': return ofIncident(command.incident, 'transfer', { stationId: command.station, reason: command.text })
    case 'divert': return ofIncident(command.incident, 'divert', { to: command.service, reason: command.text })
    case 'merge': return ofIncident(command.incident, 'merge', { intoId: command.other, ...given('reason', command.text) })
    case 'unmerge': return ofIncident(command.incident, 'merge/undo', given('reason', command.text))
    case 'link': return ofIncident(command.incident, 'links', { otherId: command.other, ...given('reason', command.text) })
    case 'unlink': return ofIncident(command.incident, 'links/remove', { otherId: command.other })
    case 'signOn': return ofPair(command.pair, 'sign-on', { officerIds: officersOf(command.pair, vocabulary) })
    case 'signOff': return ofPair(command.pair, 'sign-off', command.options?.after ? { afterWork: true } : {})
    case 'activity': return ofPair(command.pair, 'activity', { activity: command.activity, ...given('reason', command.text) })
    case 'leave': return ofPair(command.pair, 'members/leave', { officerId: memberOf(command.pair, command.member, vocabulary), reason: command.text })
    case 'return': return ofPair(command.pair, 'members/return', { officerId: memberOf(command.pair, command.member, vocabulary) })
    case 'panic': return ofPair(command.pair, 'panic', given('note', command.text))
    case 'free': return ofPair(command.pair, 'free', { reason: command.text })
    case 'open':
    case 'find':
    case 'select':
    case 'who':
    case 'why':
    case 'recommend':
    case 'undo':
    case 'help': return null
  }
}
