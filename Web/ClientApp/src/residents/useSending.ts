import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { ProblemError } from '../api/http'

/** Sends something once at a time and says in the resident's words why it did not go through. */
export function useSending() {
  const { te } = useI18n()
  const busy = ref(false)
  const errorKey = ref<string | null>(null)
  /** The text looks as if it held an ID or phone number: the sender is asked once. */
  const suspected = ref(false)
  let key = crypto.randomUUID()

  function keyOf(error: unknown): string {
    if (!(error instanceof ProblemError)) return 'residents.error.unreachable'
    if (error.status === 429) return 'residents.error.tooManyRequests'
    const known = `residents.error.${error.code}`
    return te(known, 'zh-CN') ? known : 'residents.error.unknown'
  }

  /** The same key until it went through or was refused, so that a retry after a broken line makes nothing twice. */
  async function send<T>(call: (key: string) => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    errorKey.value = null
    suspected.value = false
    try {
      const answer = await call(key)
      key = crypto.randomUUID()
      return answer
    } catch (error) {
      errorKey.value = keyOf(error)
      if (error instanceof ProblemError && error.status < 500 && error.status !== 429) key = crypto.randomUUID()
      suspected.value = error instanceof ProblemError && error.code === 'protectedTextSuspected'
      return undefined
    } finally {
      busy.value = false
    }
  }

  function missing(what: string): void {
    errorKey.value = what
  }

  return { busy, errorKey, suspected, send, missing }
}
