import { callApi, ProblemError } from '../../api/http'
import type { Outcome, QueuedCommand } from './queuedCommand'

/** Longer than the server needs for anything; a call for help does not wait that long for a line that says nothing. */
const answerWithinMs = { panic: 5_000, others: 12_000 } as const

/** Tries once, and says what became of it. */
export async function sendQueued(command: QueuedCommand, signal: AbortSignal): Promise<Outcome> {
  const timeout = AbortSignal.timeout(command.kind === 'panic' ? answerWithinMs.panic : answerWithinMs.others)
  try {
    await callApi(command.path, { method: 'POST', body: command.body, commandId: command.id, signal: AbortSignal.any([signal, timeout]) })
    return { kind: 'sent' }
  } catch (error) {
    return outcomeOf(error)
  }
}

export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ProblemError) || error.status === 429) return { kind: 'unreached' }
  if (error.status === 401) return { kind: 'signedOut' }
  // Whatever stands in front of the server and has no server behind it answers for nobody.
  if (error.status >= 502 && error.code === 'unknown') return { kind: 'unreached' }
  if (error.status >= 500) return { kind: 'failed' }
  return { kind: 'refused', refusal: { status: error.status, code: error.code, detail: error.detail } }
}
