import { backoffDelay } from '../live/backoff'
import { ProblemError } from './http'

/** Worth another try: the server could not be reached, is overloaded, or failed on its side. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ProblemError) || error.status >= 500 || error.status === 429
}

/** Calls until the server answers, waiting longer after each passing failure; a refusal is thrown on, and so is an abort. */
export async function untilReached<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (!isPassing(error)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, backoffDelay(attempt)))
    signal.throwIfAborted()
  }
}
