import { onUnmounted, shallowRef, type ShallowRef } from 'vue'

export interface Hold {
  /** 0 to 1. */
  readonly share: Readonly<ShallowRef<number>>
  readonly begin: () => void
  readonly end: () => void
}

/** Something that is done by holding for a time, so that nobody does it by touching. */
export function useHold(forMs: number, done: () => void): Hold {
  const share = shallowRef(0)
  let since = 0
  let frame = 0

  function step(): void {
    share.value = Math.min(1, (performance.now() - since) / forMs)
    if (share.value < 1) frame = requestAnimationFrame(step)
    else {
      share.value = 0
      frame = 0
      done()
    }
  }
  function begin(): void {
    if (frame !== 0) return
    since = performance.now()
    frame = requestAnimationFrame(step)
  }
  function end(): void {
    cancelAnimationFrame(frame)
    frame = 0
    share.value = 0
  }
  onUnmounted(end)
  return { share, begin, end }
}
