import { computed, onUnmounted, ref, watch, type ComputedRef } from 'vue'
import { useSecondsBetween } from '../clock/serverClock'
import { AlarmSchedule, sound } from './alarm'
import type { BoardAlert } from './boardAlert'

/** `blocked`: the browser plays nothing before somebody touched the page, unless it was started so that it may. */
export type SoundState = 'on' | 'off' | 'blocked'

export interface Alarm {
  readonly state: ComputedRef<SoundState>
  /** Tries again; a browser that blocks allows it after a touch or a key. */
  unblock(): void
}

/** Lets alerts be heard for as long as they last. */
export function useAlarm(alerts: () => readonly BoardAlert[], wanted: () => boolean): Alarm {
  const context = new AudioContext()
  const running = ref(context.state === 'running')
  const schedule = new AlarmSchedule()
  const now = useSecondsBetween()

  context.onstatechange = () => (running.value = context.state === 'running')
  const unblock = (): void => void context.resume()
  unblock()
  addEventListener('pointerdown', unblock)
  addEventListener('keydown', unblock)

  watch([alerts, now], () => {
    const kind = schedule.due(alerts(), now.value)
    if (kind && wanted() && running.value) sound(context, kind)
  }, { immediate: true })

  onUnmounted(() => {
    removeEventListener('pointerdown', unblock)
    removeEventListener('keydown', unblock)
    context.onstatechange = null
    void context.close()
  })
  return { state: computed(() => (!wanted() ? 'off' : running.value ? 'on' : 'blocked')), unblock }
}
