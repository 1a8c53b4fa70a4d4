import { onMounted, onUnmounted } from 'vue'

/** Asks when the component is there, and again and again while it is; the page that lies in the background of its browser does not. */
export function useRenewal(ask: () => void, everyMs: number): void {
  let renewal: ReturnType<typeof setInterval>
  onMounted(() => {
    ask()
    renewal = setInterval(() => {
      if (document.visibilityState !== 'hidden') ask()
    }, everyMs)
  })
  onUnmounted(() => clearInterval(renewal))
}
