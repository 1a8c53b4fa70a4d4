import { onUnmounted, shallowRef, type ShallowRef } from 'vue'

/** Whether the phone has a network, as far as it says: "no" is certain, "yes" is not. */
export function useOnline(): Readonly<ShallowRef<boolean>> {
  const online = shallowRef(navigator.onLine)
  const look = (): void => {
    online.value = navigator.onLine
  }
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  onUnmounted(() => {
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  })
  return online
}
