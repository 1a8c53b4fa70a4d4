import { watch, type ShallowRef } from 'vue'
import { callApi } from '../api/http'
import type { ResponseTargets } from './now/watchedIncident'
import { useAsking } from './useAsking'

/** What the response clocks of a station, or of all in scope, are to be met within; null before it is known. */
export function useTargets(stationId: () => string | null): Readonly<ShallowRef<ResponseTargets | null>> {
  const targets = useAsking<ResponseTargets>()
  watch(stationId, (id) => void targets.ask(() => callApi(`/figures/response/targets${id ? `?stationId=${encodeURIComponent(id)}` : ''}`)), { immediate: true })
  return targets.answer
}
