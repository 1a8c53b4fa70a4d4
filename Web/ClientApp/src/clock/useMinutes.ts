import { computed, type ComputedRef } from 'vue'
import { useSeconds } from './serverClock'

/** The server's time, renewed every minute: for long lists of clocks that show minutes. */
export function useMinutes(): ComputedRef<number> {
  const second = useSeconds()
  const minute = computed(() => Math.floor(second.value / 60_000))
  return computed(() => minute.value * 60_000)
}
