import { onUnmounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { FeedConnection } from '../live/feedConnection'
import type { CommunitySummary } from './community'

/** The figures of every community of some stations, renewed at most once per frame. */
export function useStations(connection: FeedConnection, stationIds: Readonly<Ref<readonly string[]>>): Readonly<ShallowRef<ReadonlyMap<string, CommunitySummary>>> {
  const summaries = shallowRef<ReadonlyMap<string, CommunitySummary>>(new Map())
  let feeds: string[] = []
  let leave: (() => void)[] = []

  function renew(): void {
    const next = new Map<string, CommunitySummary>()
    for (const feed of feeds) {
      for (const [key, value] of connection.entries(feed)) {
        if (key.startsWith('community/')) next.set(key.slice('community/'.length), value as CommunitySummary)
      }
    }
    // A station's feed has much besides; who looks on is told of its communities only.
    if (!isSame(summaries.value, next)) summaries.value = next
  }

  const unwatch = watch(stationIds, (ids) => {
    const left = leave
    feeds = ids.map((id) => `station/${id}`)
    leave = feeds.map((feed) => connection.watch(feed))
    left.forEach((end) => end())
    renew()
  }, { immediate: true })
  const stop = connection.onFrame((changed) => {
    if (feeds.some((feed) => changed.has(feed))) renew()
  })
  onUnmounted(() => {
    unwatch()
    stop()
    leave.forEach((end) => end())
  })
  return summaries
}

function isSame<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
  if (before.size !== after.size) return false
  for (const [key, value] of after) if (before.get(key) !== value) return false
  return true
}
