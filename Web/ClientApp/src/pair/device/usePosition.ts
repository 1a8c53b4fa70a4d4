import { onUnmounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { callApi } from '../../api/http'
import { serverNow } from '../../clock/serverClock'
import type { Location } from '../../incidents/incident'
import { isDue, stillMs, type Reported } from './positionRate'

/** `off`: not on duty, so nobody is asked. */
export type PositionState = 'off' | 'seeking' | 'sharing' | 'waiting' | 'denied' | 'unavailable'

export interface Position {
  readonly state: Readonly<ShallowRef<PositionState>>
  readonly here: Readonly<ShallowRef<Location | null>>
  /** When the server last had it, in milliseconds of its clock. */
  readonly sentAt: Readonly<ShallowRef<number | null>>
}

const answerWithinMs = 5_000
const options: PositionOptions = { enableHighAccuracy: true, maximumAge: 10_000, timeout: 60_000 }

/**
 * Where the phone is, watched and sent only while the pair is on duty. What cannot be sent at once is dropped: where somebody was an hour ago is nobody's business and no
 * dispatcher's help.
 */
export function usePosition(pairId: string, onDuty: Readonly<Ref<boolean>>, isLive: Readonly<Ref<boolean>>): Position {
  const state = shallowRef<PositionState>('off')
  const here = shallowRef<Location | null>(null)
  const sentAt = shallowRef<number | null>(null)
  let watching: number | null = null
  let last: Reported | null = null
  let sending = false
  let timer: ReturnType<typeof setInterval> | undefined

  async function found({ coords, timestamp }: GeolocationPosition): Promise<void> {
    here.value = { lat: coords.latitude, lon: coords.longitude }
    if (!isLive.value || sending || !isDue(last, here.value, Date.now())) {
      if (!isLive.value) state.value = 'waiting'
      return
    }
    sending = true
    // The phone's own clock may be wrong by hours; the age of the fix is not.
    const at = new Date(serverNow() - Math.max(0, Date.now() - timestamp)).toISOString()
    try {
      const body = { ...here.value, at, accuracy: Math.round(coords.accuracy) }
      await callApi(`/pairs/${pairId}/position`, { method: 'POST', body, signal: AbortSignal.timeout(answerWithinMs) })
      last = { place: here.value, at: Date.now() }
      sentAt.value = serverNow()
      state.value = 'sharing'
    } catch {
      // The next one will say more than this one could.
      state.value = 'waiting'
    } finally {
      sending = false
    }
  }

  function start(): void {
    if (watching !== null) return
    if (!('geolocation' in navigator)) {
      state.value = 'unavailable'
      return
    }
    state.value = 'seeking'
    watching = navigator.geolocation.watchPosition((fix) => void found(fix), (error) => {
      state.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'
    }, options)
    timer = setInterval(seek, stillMs)
  }
  /** A phone that lies still says nothing by itself. */
  function seek(): void {
    if (watching !== null) navigator.geolocation.getCurrentPosition((fix) => void found(fix), () => {}, options)
  }

  function stop(): void {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    clearInterval(timer)
    watching = null
    last = null
    here.value = null
    sentAt.value = null
    state.value = 'off'
  }

  watch(onDuty, (on) => (on ? start() : stop()), { immediate: true })
  watch(isLive, (live) => live && seek())
  onUnmounted(stop)
  return { state, here, sentAt }
}
