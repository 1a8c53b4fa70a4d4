import { onUnmounted, watch, type Ref } from 'vue'
import type { Feeds } from '../live/feeds'

/** Watches some feeds for as long as the component lives, and says at most once a frame that one of them changed; also at once, for what is known already. */
export function useFeeds(connection: Feeds, feeds: Readonly<Ref<readonly string[]>>, renew: () => void): void {
  let leave: (() => void)[] = []
  const unwatch = watch(feeds, (names) => {
    const left = leave
    leave = names.map((name) => connection.watch(name))
    left.forEach((end) => end())
    renew()
  }, { immediate: true })
  const stop = connection.onFrame((changed) => {
    if (feeds.value.some((name) => changed.has(name))) renew()
  })
  onUnmounted(() => {
    unwatch()
    stop()
    leave.forEach((end) => end())
  })
}
