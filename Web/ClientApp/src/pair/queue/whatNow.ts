import type { QueuedCommand } from './queuedCommand'

export type Advice = 'stale' | 'supervisor' | 'words' | 'again' | 'ask'

const advice: Readonly<Record<string, Advice>> = {
  singleOfficer: 'supervisor', lastOfficer: 'supervisor', pairUnavailable: 'supervisor', forbidden: 'supervisor',
  protectedTextSuspected: 'words', valueTooLong: 'words',
  unknownOutcome: 'again',
  offerExpired: 'stale', offerNotPending: 'stale', offerNotFound: 'stale', incidentFull: 'stale', incidentNotOpen: 'stale', incidentOnHold: 'stale',
  statusOutOfOrder: 'stale', assignmentNotFound: 'stale', pairNotFree: 'stale', pairAlreadyOnDuty: 'stale', pairNotOnDuty: 'stale', pairHasWork: 'stale',
  pairCommitted: 'stale', pairSigningOff: 'stale', incidentNotFound: 'stale', interactionNotFound: 'stale',
}

/** What whoever was refused can do about it. */
export function adviceFor({ refusal }: QueuedCommand): Advice {
  return (refusal && advice[refusal.code]) ?? 'ask'
}

/** The free words of a command that was not taken, so that they are not lost. */
export function wordsOf({ body }: QueuedCommand): string {
  if (typeof body !== 'object' || body === null) return ''
  const { text, note } = body as { text?: unknown; note?: unknown }
  return typeof text === 'string' ? text : typeof note === 'string' ? note : ''
}
