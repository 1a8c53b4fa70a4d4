import { shallowRef, type ShallowRef } from 'vue'

/** Registered once for the page, however often its parts are shown. */
const waiting = shallowRef(false)
let activate: (() => void) | null = null
let begun = false

/** How often a phone that stays open asks whether there is a new version. */
const askEveryMs = 30 * 60_000

async function begin(): Promise<void> {
  begun = true
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { Workbox } = await import('workbox-window')
  // The worker serves the phone's page alone; the others always come from the server.
  const worker = new Workbox('/sw.js', { scope: '/pair' })
  worker.addEventListener('waiting', () => (waiting.value = true))
  activate = () => {
    worker.addEventListener('controlling', () => location.reload())
    worker.messageSkipWaiting()
  }
  await worker.register()
  setInterval(() => void worker.update().catch(() => {}), askEveryMs)
}

export interface AppUpdate {
  /** A new version lies ready and waits for somebody's word. */
  readonly isWaiting: Readonly<ShallowRef<boolean>>
  readonly now: () => void
  readonly later: () => void
}

/** The page without a line, and its new versions: one begins when it is asked for, or when the phone's page is opened anew, never under somebody's hands. */
export function useAppUpdate(): AppUpdate {
  // A browser that has no workers, or forbids them, has the page with a line only.
  if (!begun) begin().catch(() => {})
  return { isWaiting: waiting, now: () => activate?.(), later: () => (waiting.value = false) }
}
