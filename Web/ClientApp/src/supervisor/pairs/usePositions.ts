import { computed, onMounted, onUnmounted, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Feeds } from '../../live/feeds'
import type { PairPosition } from '../../pairs/pair'
import { useFeeds } from '../useFeeds'

/** In which community each pair is, looked at every few seconds: positions come four times a second, and nobody crosses a boundary that fast. */
const lookEveryMs = 3_000

/** The community of each pair that tells its position; null outside of all, no entry where none is known. */
export function useWhereabouts(
  connection: Feeds, stationIds: Readonly<Ref<readonly string[]>>, find: Readonly<Ref<((place: PairPosition) => string | null) | null>>,
): Readonly<ShallowRef<ReadonlyMap<string, string | null>>> {
  const feeds = computed(() => stationIds.value.map((id) => `station/${id}/positions`))
  const found = shallowRef<ReadonlyMap<string, string | null>>(new Map())
  useFeeds(connection, feeds, () => {
    if (found.value.size === 0) look()
  })
  function look(): void {
    if (!find.value) return
    const next = new Map<string, string | null>()
    for (const feed of feeds.value) {
      for (const [key, value] of connection.entries(feed)) next.set(key.slice('pair/'.length), find.value(value as PairPosition))
    }
    found.value = next
  }
  let timer: ReturnType<typeof setInterval>
  onMounted(() => (timer = setInterval(look, lookEveryMs)))
  onUnmounted(() => clearInterval(timer))
  return found
}
