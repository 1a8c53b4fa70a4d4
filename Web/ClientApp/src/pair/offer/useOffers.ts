import { computed, onMounted, onUnmounted, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { callApi } from '../../api/http'
import { serverNow, useSeconds } from '../../clock/serverClock'
import type { QueuedCommand } from '../queue/queuedCommand'
import { outcomeOfOffer, takenBy, type OfferOutcome } from '../state/offerOutcome'
import type { IncidentDetail, PairOffer } from '../state/pairFeed'
import { usePhone } from '../state/phone'
import { startAlarm, unlockSound } from './alarm'

export interface OfferEnd {
  readonly offer: PairOffer
  readonly outcome: OfferOutcome
  readonly by: string | null
}

export interface Offers {
  /** The one that is asked now. */
  readonly present: ComputedRef<PairOffer | null>
  readonly more: ComputedRef<number>
  /** Our answer to it, on its way. */
  readonly answer: ComputedRef<QueuedCommand | null>
  readonly ended: Readonly<ShallowRef<OfferEnd | null>>
  readonly dismiss: () => void
}

/** Longer than the server takes to say what became of an offer that ran out. */
const graceMs = 5_000

/** The offers to the pair: which one to show, the alarm while it is not answered, and what became of it when it is gone. */
export function useOffers(): Offers {
  const { feed, isLive, queue } = usePhone()
  const now = useSeconds()
  const ended = shallowRef<OfferEnd | null>(null)
  const open = computed(() => feed.value.offers.filter(({ expiresAt }) => isLive.value || Date.parse(expiresAt) + graceMs > now.value))
  const present = computed(() => open.value[0] ?? null)
  const answerTo = (offer: PairOffer): QueuedCommand | null =>
    queue.queued.value.find(({ kind, subject, state }) => (kind === 'accept' || kind === 'decline') && subject === offer.id && state !== 'refused') ?? null
  const answer = computed(() => (present.value ? answerTo(present.value) : null))

  async function lookAfter(offer: PairOffer): Promise<void> {
    // The other phone of the pair may have said yes.
    const isOurs = (): boolean => answerTo(offer) !== null || feed.value.assignment?.offer.id === offer.id
    let incident: IncidentDetail | null = null
    // The pair hears of the end of an offer a moment before its incident says it.
    for (let tries = 0; tries < 4 && !isOurs(); tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 700))
      incident = await callApi<IncidentDetail>(`/incidents/${offer.incidentId}`, { signal: AbortSignal.timeout(4_000) }).catch(() => null)
      if (incident?.offers.find(({ id }) => id === offer.id)?.status !== 'pending') break
    }
    if (isOurs()) return
    const outcome = outcomeOfOffer(offer, incident, serverNow())
    if (outcome === 'accepted' || outcome === 'declined') return
    ended.value = { offer, outcome, by: takenBy(offer, incident) }
  }
  watch(open, (next, before) => {
    for (const offer of before) if (!next.some(({ id }) => id === offer.id)) void lookAfter(offer)
    if (next.length > before.length) ended.value = null
  })

  let stopAlarm: (() => void) | null = null
  watch(() => (present.value && !answer.value ? present.value.id : null), (ringing) => {
    stopAlarm?.()
    stopAlarm = ringing ? startAlarm() : null
  }, { immediate: true })
  onMounted(() => window.addEventListener('pointerdown', unlockSound))
  onUnmounted(() => {
    window.removeEventListener('pointerdown', unlockSound)
    stopAlarm?.()
  })
  return { present, more: computed(() => Math.max(0, open.value.length - 1)), answer, ended, dismiss: () => (ended.value = null) }
}
