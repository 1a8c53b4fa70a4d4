import { computed, onUnmounted, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { serverNow } from '../../clock/serverClock'
import { keepable, keepState, keptState } from '../device/keptState'
import type { PhoneDatabase } from '../device/phoneDatabase'
import type { LiveFeeds } from '../../live/useFeedConnection'
import { emptyPairFeed, pairFeedOf, type IncidentDetail, type PairFeed } from './pairFeed'

export interface PanicCall {
  readonly incidentId: string
  readonly pairId: string
  readonly communityId: string
  readonly location: { readonly lat: number; readonly lon: number } | null
}

export interface OwnFeed {
  readonly feed: Readonly<ShallowRef<PairFeed>>
  /** The incident that the pair is at; null where it is at none, or nothing came yet. */
  readonly incident: Readonly<ShallowRef<IncidentDetail | null>>
  /** Calls for help of others in the station. */
  readonly panics: Readonly<ShallowRef<readonly PanicCall[]>>
  /** What is shown was kept on the phone: as it was at that time of the server. Null once the server spoke. */
  readonly keptAt: Readonly<ShallowRef<number | null>>
  /** The server, or what was kept, said how the pair stands. */
  readonly isKnown: ComputedRef<boolean>
}

/** The pair's own feed, what it is at, and who calls for help near by; begins with what the phone kept. */
export function usePairFeed(
  accountId: string, pairId: string, live: LiveFeeds, database: PhoneDatabase, endedHere: (incidentId: string) => boolean,
): OwnFeed {
  const { connection } = live
  const feed = shallowRef<PairFeed>(emptyPairFeed)
  const incident = shallowRef<IncidentDetail | null>(null)
  const panics = shallowRef<readonly PanicCall[]>([])
  const keptAt = shallowRef<number | null>(null)
  const own = `pair/${pairId}`
  let heard = false
  let keptIncident: IncidentDetail | null = null
  let unwatchIncident: (() => void) | null = null
  let unwatchStation: (() => void) | null = null
  let stationFeed = ''
  let incidentFeed = ''

  void keptState(database, accountId, serverNow()).then((kept) => {
    if (heard || !kept) return
    feed.value = kept.feed
    keptAt.value = kept.at
    keptIncident = kept.incident
  })

  function takeOwn(): void {
    heard = true
    keptAt.value = null
    feed.value = pairFeedOf(connection.entries(own))
  }
  function takeIncident(): void {
    incident.value = (connection.entries(incidentFeed).get('incident') as IncidentDetail | undefined) ?? null
  }
  function takePanics(): void {
    const calls: PanicCall[] = []
    for (const [key, value] of connection.entries(stationFeed)) {
      if (!key.startsWith('incident/')) continue
      const { id, panicPairId, status, communityId, location } = value as IncidentDetail & { location: PanicCall['location'] }
      if (panicPairId && panicPairId !== pairId && status !== 'closed' && status !== 'cancelled' && status !== 'merged')
        calls.push({ incidentId: id, pairId: panicPairId, communityId, location })
    }
    if (calls.length > 0 || panics.value.length > 0) panics.value = calls
  }
  const stopListening = connection.onFrame((changed) => {
    if (changed.has(own)) takeOwn()
    if (changed.has(incidentFeed)) takeIncident()
    if (changed.has(stationFeed)) takePanics()
  })
  const unwatchOwn = connection.watch(own)

  watch(() => feed.value.assignment?.offer.incidentId ?? null, (id) => {
    unwatchIncident?.()
    incident.value = keptIncident?.id === id ? keptIncident : null
    incidentFeed = id ? `incident/${id}` : ''
    unwatchIncident = id ? connection.watch(incidentFeed) : null
  }, { immediate: true })
  // Who is off duty is not called to help.
  watch(() => (feed.value.pair?.duty === 'onDuty' ? feed.value.pair.stationId : null), (id) => {
    unwatchStation?.()
    panics.value = []
    stationFeed = id ? `station/${id}` : ''
    unwatchStation = id ? connection.watch(stationFeed) : null
  }, { immediate: true })
  const isOver = computed(() => feed.value.assignment !== null && endedHere(feed.value.assignment.offer.incidentId))
  watch([feed, incident, isOver], ([next, detail, over]) => {
    // What was kept is as old as it was; only the end of the work, said here, changes it.
    if (!heard && !over) return
    void keepState(database, { accountId, at: keptAt.value ?? serverNow(), ...keepable(next, detail, over) }).catch(() => {})
  })

  onUnmounted(() => {
    stopListening()
    unwatchOwn()
    unwatchIncident?.()
    unwatchStation?.()
  })
  const isKnown = computed(() => feed.value.pair !== null)
  return { feed, incident, panics, keptAt, isKnown }
}
