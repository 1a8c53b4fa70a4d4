import { computed, onUnmounted, shallowRef, type ComputedRef } from 'vue'
import { serverNow, useSeconds } from '../clock/serverClock'
import { currencyOf, type Currency } from './currency'
import type { FeedEvents, Feeds, Health } from './feeds'

export interface LiveFeeds {
  readonly connection: Feeds
  readonly currency: ComputedRef<Currency>
  /** Server time of the last sign of life, where feeds are stale that of the first of them; null before any. */
  readonly heardAt: ComputedRef<number | null>
}

/** A page's feeds. They are opened by the page and closed with it. */
export function useFeedConnection(connect: (events: FeedEvents) => Feeds, onUnauthorised: () => void): LiveFeeds {
  const lineHeardAt = shallowRef<number | null>(null)
  const connection = connect({ onHeard: () => (lineHeardAt.value = serverNow()), onUnauthorised })

  const health = shallowRef<Health>(connection.health)
  connection.onHealth((next) => {
    // A line that opens was answered just now, though a page without feeds hears no more until the next ping.
    if (next.link === 'open' && health.value.link !== 'open') lineHeardAt.value = serverNow()
    health.value = next
  })
  onUnmounted(() => void connection.close())

  const now = useSeconds()
  const currency = computed(() => currencyOf(health.value, lineHeardAt.value, now.value))
  const heardAt = computed(() => (currency.value === 'stale' ? health.value.staleSince : lineHeardAt.value))
  return { connection, currency, heardAt }
}
