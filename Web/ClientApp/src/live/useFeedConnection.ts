import { computed, onUnmounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { serverNow, useSeconds } from '../clock/serverClock'
import { currencyOf, type Currency } from './currency'
import { FeedConnection, type Health } from './feedConnection'
import { SignalRHub } from './signalRHub'

export interface LiveFeeds {
  readonly connection: FeedConnection
  readonly currency: ComputedRef<Currency>
  /** Server time of the last sign of life; null before the first. */
  readonly heardAt: Readonly<ShallowRef<number | null>>
}

/** A page's connection to the hub. It is opened by the page and closed with it. */
export function useFeedConnection(onUnauthorised: () => void): LiveFeeds {
  const heardAt = shallowRef<number | null>(null)
  const hub = new SignalRHub(() => (heardAt.value = serverNow()))
  const connection = new FeedConnection({ hub, onUnauthorised })

  const health = shallowRef<Health>(connection.health)
  connection.onHealth((next) => (health.value = next))
  onUnmounted(() => void connection.close())

  const now = useSeconds()
  const currency = computed(() => currencyOf(health.value, heardAt.value, now.value))
  return { connection, currency, heardAt }
}
