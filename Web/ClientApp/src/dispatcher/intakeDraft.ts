import { newCommandId } from '../api/command'
import type { Location, Priority } from '../incidents/incident'

/** A place that a call was said to come from. */
export interface ChosenPlace {
  readonly label: string
  readonly location: Location
  readonly communityId: string | null
}

/** A call as far as it was taken. */
export interface CallDraft {
  readonly category: string
  readonly priority: Priority | null
  readonly place: ChosenPlace | null
  readonly summary: string
  readonly address: string
  readonly callerName: string
  readonly callerPhone: string
  readonly callerNote: string
  readonly pairsNeeded: number
  readonly skills: readonly string[]
  /** Local time as the field gives it; empty for now. */
  readonly scheduledFor: string
  /** Made when it was sent first: a retry after a reload opens the same incident, not another. Null while it may still change. */
  readonly commandId: string | null
}

export const emptyCall: CallDraft = {
  category: '', priority: null, place: null, summary: '', address: '', callerName: '', callerPhone: '', callerNote: '',
  pairsNeeded: 1, skills: [], scheduledFor: '', commandId: null,
}

export type MissingField = 'category' | 'priority' | 'place' | 'summary'

/** What an incident cannot be opened without and the call does not say yet, in the order of the form. */
export function missingIn(call: CallDraft): MissingField[] {
  const missing: MissingField[] = []
  if (call.category === '') missing.push('category')
  if (call.priority === null) missing.push('priority')
  if (call.place === null) missing.push('place')
  if (call.summary.trim() === '') missing.push('summary')
  return missing
}

export function isEmptyCall(call: CallDraft): boolean {
  return JSON.stringify({ ...call, commandId: null, priority: null }) === JSON.stringify({ ...emptyCall, priority: null })
}

/** What was changed after it had been sent is another command. */
export function changed(call: CallDraft, change: Partial<CallDraft>): CallDraft {
  return { ...call, ...change, commandId: null }
}

export function readyToSend(call: CallDraft): CallDraft & { readonly commandId: string } {
  return { ...call, commandId: call.commandId ?? newCommandId() }
}

function textOr(text: string): { readonly text: string } | null {
  return text.trim() === '' ? null : { text: text.trim() }
}

/** The body of `POST incidents`; only what was said is in it. */
export function openingOf(call: CallDraft): Record<string, unknown> {
  const name = textOr(call.callerName)
  const phone = textOr(call.callerPhone)
  const note = textOr(call.callerNote)
  const address = textOr(call.address)
  const caller = { ...(name && { name: name.text }), ...(phone && { phone: phone.text }), ...(note && { note: note.text }) }
  return {
    category: call.category,
    priority: call.priority,
    location: call.place?.location,
    summary: call.summary.trim(),
    pairsNeeded: call.pairsNeeded,
    ...(call.place?.communityId && { communityId: call.place.communityId }),
    ...(address && { address: address.text }),
    ...(call.skills.length > 0 && { skills: call.skills }),
    ...(Object.keys(caller).length > 0 && { caller }),
    ...(call.scheduledFor && { scheduledFor: new Date(call.scheduledFor).toISOString() }),
  }
}
