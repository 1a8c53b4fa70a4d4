import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ProblemError } from '../api/http'

export interface Asking<T> {
  readonly answer: Readonly<ShallowRef<T | null>>
  readonly busy: Readonly<Ref<boolean>>
  /** Key of the words for what went wrong; null where nothing did. */
  readonly error: Readonly<Ref<string | null>>
  ask(call: () => Promise<T>): Promise<void>
  clear(): void
}

/** Asks the server; of several questions the last one counts. What was answered before stays until the next answer. */
export function useAsking<T>(): Asking<T> {
  const answer = shallowRef<T | null>(null)
  const busy = ref(false)
  const error = ref<string | null>(null)
  let latest = 0

  async function ask(call: () => Promise<T>): Promise<void> {
    const mine = ++latest
    busy.value = true
    try {
      const got = await call()
      if (mine !== latest) return
      answer.value = got
      error.value = null
    } catch (failure) {
      if (mine !== latest) return
      error.value = !(failure instanceof ProblemError) ? 'unreachable' : failure.status === 403 ? 'forbidden' : failure.status === 401 ? 'signedOut' : 'failed'
    }
    busy.value = false
  }

  function clear(): void {
    latest++
    answer.value = null
    busy.value = false
    error.value = null
  }
  onUnmounted(clear)
  return { answer, busy, error, ask, clear }
}
