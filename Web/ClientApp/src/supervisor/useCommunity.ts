import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import type { Feeds } from '../live/feeds'

/** The entries of a community's feed as they are now; null before the first of them came. */
export function useCommunity(connection: Feeds, communityId: string): Readonly<ShallowRef<ReadonlyMap<string, unknown> | null>> {
  const feed = `community/${communityId}`
  const entries = shallowRef<ReadonlyMap<string, unknown> | null>(null)
  const stop = connection.onFrame((changed) => {
    if (changed.has(feed)) entries.value = connection.entries(feed)
  })
  const leave = connection.watch(feed)
  onUnmounted(() => {
    stop()
    leave()
  })
  return entries
}
