import { backoffDelay } from '../live/backoff'
import { callApi } from './http'
import { isPassing } from './untilReached'

/** A fresh id of a command. It is made when somebody decides, not when something is sent: every repeat carries the same. */
export function newCommandId(): string {
  return crypto.randomUUID()
}

export interface CommandOptions {
  readonly method?: 'POST' | 'PUT'
  /** Made here where it is not given. */
  readonly commandId?: string
  /** How long one answer is waited for, in milliseconds; longer for what takes long. */
  readonly answerWithinMs?: number
  /** For how long a command whose outcome is unknown is repeated, in milliseconds. */
  readonly withinMs?: number
  readonly signal?: AbortSignal
}

const usualAnswerWithinMs = 12_000

/**
 * Sends a command under `/api/v1` until its outcome is known: where no answer comes or the server is away, the same id is sent again, and the server does it once. Throws a
 * `ProblemError` where the server refuses, and the last failure where the outcome is still unknown when the time is over.
 */
export async function sendCommand<T = unknown>(path: string, body: unknown = {}, options: CommandOptions = {}): Promise<T> {
  const commandId = options.commandId ?? newCommandId()
  const until = Date.now() + (options.withinMs ?? 20_000)
  for (let attempt = 0; ; attempt++) {
    try {
      const timeout = AbortSignal.timeout(options.answerWithinMs ?? usualAnswerWithinMs)
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
      return await callApi<T>(path, { method: options.method ?? 'POST', body, commandId, signal })
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!isPassing(error) || Date.now() > until) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, backoffDelay(attempt, { firstMs: 300, maxMs: 3_000 })))
    options.signal?.throwIfAborted()
  }
}
