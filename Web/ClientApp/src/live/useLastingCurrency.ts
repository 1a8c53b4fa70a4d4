import { onUnmounted, ref, watch, type Ref } from 'vue'
import type { Currency } from './currency'

/** Catching up usually takes an instant; a warning for it would only flash. */
const passingMs = 1_500

const passing: ReadonlySet<Currency> = new Set(['connecting', 'catchingUp'])

/** The currency to warn about: a loss at once, what usually passes only when it lasts. */
export function useLastingCurrency(currency: Readonly<Ref<Currency>>): Readonly<Ref<Currency>> {
  const lasting = ref<Currency>('live')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(currency, (next) => {
    clearTimeout(timer)
    if (passing.has(next) && lasting.value === 'live') timer = setTimeout(() => (lasting.value = next), passingMs)
    else lasting.value = next
  }, { immediate: true })
  onUnmounted(() => clearTimeout(timer))
  return lasting
}
