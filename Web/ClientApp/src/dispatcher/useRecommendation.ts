import { computed, onUnmounted, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { callApi, ProblemError } from '../api/http'
import { isFinished } from '../incidents/incident'
import type { Recommendation, RecommendedPair } from '../incidents/recommendation'
import type { DeskIncident } from './deskIncident'
import { differs, settle } from './recommendationOrder'

/** How many pairs are named; more than that nobody reads before a clock runs out. */
const named = 6
/** Pairs move: asked again this often, and soon after the incident changed. */
const renewAfterMs = 6_000
const soonMs = 300

export interface LiveRecommendation {
  readonly answer: Readonly<ShallowRef<Recommendation | null>>
  /** In the order of the screen, which does not change while it is held. */
  readonly shown: Readonly<ShallowRef<readonly RecommendedPair[]>>
  /** There is a newer order than the one that is shown. */
  readonly overtaken: ComputedRef<boolean>
  readonly failed: Readonly<Ref<'forbidden' | 'unreachable' | null>>
  /** While true nothing moves: somebody is about to choose. */
  readonly held: Ref<boolean>
  /** Whether pairs may be named that work on something of lower priority. */
  readonly preemption: Ref<boolean>
  renew(): void
}

export function askRecommendation(incidentId: string, preemption: boolean): Promise<Recommendation> {
  return callApi(`/incidents/${incidentId}/recommendations?limit=${named}&allowPreemption=${preemption}&shortfalls=30`)
}

export function useRecommendation(incident: ComputedRef<DeskIncident | null>): LiveRecommendation {
  const answer = shallowRef<Recommendation | null>(null)
  const shown = shallowRef<readonly RecommendedPair[]>([])
  const failed = ref<'forbidden' | 'unreachable' | null>(null)
  const held = ref(false)
  const preemption = ref(false)
  let latest = 0
  let soon: ReturnType<typeof setTimeout> | undefined

  const wantedId = computed(() => (incident.value && !isFinished(incident.value) ? incident.value.id : null))

  async function ask(): Promise<void> {
    const id = wantedId.value
    if (id === null) return
    const mine = ++latest
    try {
      const got = await askRecommendation(id, preemption.value)
      if (mine !== latest) return
      answer.value = got
      shown.value = settle(shown.value, got.recommendations, held.value)
      failed.value = null
    } catch (error) {
      if (mine === latest) failed.value = error instanceof ProblemError && error.status === 403 ? 'forbidden' : 'unreachable'
    }
  }

  function renew(): void {
    shown.value = answer.value?.recommendations ?? []
    void ask()
  }

  watch([wantedId, preemption], () => {
    latest++
    answer.value = null
    shown.value = []
    failed.value = null
    void ask()
  }, { immediate: true })
  watch(() => incident.value?.version, () => {
    clearTimeout(soon)
    soon = setTimeout(() => void ask(), soonMs)
  })
  watch(held, (now) => {
    if (!now && answer.value) shown.value = answer.value.recommendations
  })
  const timer = setInterval(() => void ask(), renewAfterMs)
  onUnmounted(() => {
    latest++
    clearInterval(timer)
    clearTimeout(soon)
  })

  const overtaken = computed(() => answer.value !== null && differs(shown.value, answer.value.recommendations))
  return { answer, shown, overtaken, failed, held, preemption, renew }
}
