/** What an officer can do on the phone. Everything goes through the queue, with a line or without. */
export type CommandKind =
  | 'panic' | 'accept' | 'decline' | 'step' | 'note' | 'backup'
  | 'signOn' | 'signOff' | 'activity' | 'memberLeaves' | 'memberReturns'
  | 'interaction' | 'withdraw'

/** Why the server did not do it. */
export interface QueuedRefusal {
  readonly status: number
  readonly code: string
  readonly detail: string | null
}

/** A command as somebody decided it. */
export interface Decided {
  /** The command id: made once, when it was decided, and sent with every try. */
  readonly id: string
  readonly kind: CommandKind
  /** The incident, offer or officer that it is about. */
  readonly subject: string | null
  /** What exactly, as a code: a status, an activity, a kind of interaction. Never free words. */
  readonly detail: string | null
  readonly path: string
  readonly body: unknown
  /** When it was decided, in milliseconds of the server's clock. */
  readonly at: number
}

export interface QueuedCommand extends Decided {
  /** Its place in the line. */
  readonly order: number
  readonly state: 'waiting' | 'sent' | 'refused'
  /** How often the server answered without saying whether it was done. */
  readonly failures: number
  readonly endedAt: number | null
  readonly refusal: QueuedRefusal | null
}

/** What became of a try. `unreached`: no answer came; `failed`: an answer came and says nothing; both may have been done. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly refusal: QueuedRefusal }
  | { readonly kind: 'unreached' | 'failed' | 'signedOut' }

/** A call for help overtakes everything; else the order of decisions. */
export function byPlace(a: QueuedCommand, b: QueuedCommand): number {
  return Number(b.kind === 'panic') - Number(a.kind === 'panic') || a.order - b.order
}

export function headOf(queued: readonly QueuedCommand[]): QueuedCommand | null {
  return queued.filter(({ state }) => state === 'waiting').sort(byPlace)[0] ?? null
}
