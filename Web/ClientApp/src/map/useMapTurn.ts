import { onMounted, onUnmounted, shallowRef, type ShallowRef } from 'vue'
import type { Feeds } from '../live/feeds'
import { hasWebGl } from './webGl'

/** So long at most the map waits for what is live. */
const longestWaitMs = 3_000

/** `waiting`: not yet its turn. `missing`: this device cannot draw it. */
export type MapTurn = 'waiting' | 'drawn' | 'missing'

/** When a page begins to draw its map: of all it has that takes longest, so the lists come first and are live before. */
export function useMapTurn(feeds: Feeds): Readonly<ShallowRef<MapTurn>> {
  const turn = shallowRef<MapTurn>('waiting')
  let timer: ReturnType<typeof setTimeout> | undefined
  let leave = (): void => {}
  let isOver = false

  function begin(): void {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    leave()
    // After the next picture, in which the lists are.
    requestAnimationFrame(() => (timer = setTimeout(() => (turn.value = hasWebGl() ? 'drawn' : 'missing'))))
  }

  onMounted(() => {
    timer = setTimeout(begin, longestWaitMs)
    // The first health comes before there is anything to leave.
    leave = feeds.onHealth(({ link, behind }) => link === 'open' && behind === 0 && setTimeout(begin))
  })
  onUnmounted(() => {
    isOver = true
    clearTimeout(timer)
    leave()
  })
  return turn
}
