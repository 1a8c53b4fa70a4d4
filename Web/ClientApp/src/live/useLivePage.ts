import { computed, onMounted, onUnmounted, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { forgetSession } from '../accounts/session'
import { ProblemError } from '../api/http'
import { untilReached } from '../api/untilReached'
import type { Currency } from './currency'
import { workerFeeds } from './remoteFeeds'
import { useFeedConnection, type LiveFeeds } from './useFeedConnection'
import { useLastingCurrency } from './useLastingCurrency'

/** What a page loads changes seldom; asking again also keeps the clock right over weeks. */
const renewAfterMs = 10 * 60_000

export interface LivePage<T> extends LiveFeeds {
  /** What was loaded last; null until the server was reached. */
  readonly loaded: Readonly<ShallowRef<T | null>>
  readonly warned: Readonly<Ref<Currency>>
}

/** A live page: loads until the server is reached and again now and then, opens its line to the feeds, and asks to sign in where nobody is any more. */
export function useLivePage<T>(load: () => Promise<T>): LivePage<T> {
  const router = useRouter()
  const leaving = new AbortController()
  const loaded = shallowRef<T | null>(null)
  const feeds = useFeedConnection(workerFeeds, askToSignIn)

  function askToSignIn(): void {
    forgetSession()
    void router.replace({ name: 'sign-in', query: { next: router.currentRoute.value.fullPath } })
  }

  async function renew(): Promise<void> {
    try {
      const next = await untilReached(load, leaving.signal)
      if (!leaving.signal.aborted) loaded.value = next
    } catch (error) {
      if (leaving.signal.aborted) return
      if (!(error instanceof ProblemError) || error.status !== 401) throw error
      askToSignIn()
    }
  }

  let renewal: ReturnType<typeof setInterval>
  onMounted(async () => {
    renewal = setInterval(() => void renew(), renewAfterMs)
    // The line opens while the page loads; what it watches is asked for as soon as both are there.
    void feeds.connection.open()
    await renew()
  })
  onUnmounted(() => {
    clearInterval(renewal)
    leaving.abort()
  })
  // A line that is open says nothing of a page that has nothing to show yet.
  const currency = computed<Currency>(() => (loaded.value === null && feeds.currency.value === 'live' ? 'connecting' : feeds.currency.value))
  return { ...feeds, currency, loaded, warned: useLastingCurrency(currency) }
}
