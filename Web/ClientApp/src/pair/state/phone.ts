import { computed, inject, provide, watch, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { User } from '../../accounts/session'
import type { Location } from '../../incidents/incident'
import type { Currency } from '../../live/currency'
import type { LiveFeeds } from '../../live/useFeedConnection'
import { progressOf, type Progress } from '../assignment/steps'
import type { KeptNames } from '../device/keptState'
import type { PhoneDatabase } from '../device/phoneDatabase'
import { usePosition, type Position } from '../device/usePosition'
import type { Outcome, QueuedCommand } from '../queue/queuedCommand'
import { usePhoneQueue, type PhoneQueue } from '../queue/usePhoneQueue'
import type { Officer, OwnPair } from './pairFeed'
import { useOnline } from '../device/useOnline'
import { useNamesKept } from './useNamesKept'
import { usePairFeed, type OwnFeed } from './usePairFeed'

/** All that the phone's screens share. */
export interface Phone extends OwnFeed {
  readonly user: User
  readonly pairId: string
  readonly database: PhoneDatabase
  readonly names: Readonly<ShallowRef<KeptNames>>
  readonly pair: ComputedRef<OwnPair | null>
  /** Who holds the phone; null where the account is no officer of the pair. */
  readonly me: ComputedRef<Officer | null>
  readonly onDuty: ComputedRef<boolean>
  readonly currency: Readonly<ComputedRef<Currency>>
  readonly heardAt: ComputedRef<number | null>
  /** What is shown is the present, and what is done goes out. */
  readonly isLive: ComputedRef<boolean>
  /** The phone has a network, as far as it says. */
  readonly online: Readonly<ShallowRef<boolean>>
  readonly queue: PhoneQueue
  readonly waiting: ComputedRef<readonly QueuedCommand[]>
  readonly progress: ComputedRef<Progress | null>
  readonly position: Position
  readonly here: Readonly<ShallowRef<Location | null>>
  readonly decide: PhoneQueue['decide']
}

const key: InjectionKey<Phone> = Symbol('phone')

export function providePhone(
  user: User, pairId: string, database: PhoneDatabase, live: LiveFeeds, onEnded: (command: QueuedCommand, outcome: Outcome) => void,
): Phone {
  const queue = usePhoneQueue(database, onEnded)
  const waiting = computed(() => queue.queued.value.filter(({ state }) => state === 'waiting'))
  const endedHere = (incidentId: string): boolean => waiting.value.some(({ subject, detail }) => subject === incidentId && detail === 'cleared')
  const own = usePairFeed(user.id, pairId, live, database, endedHere)
  const pair = computed(() => own.feed.value.pair)
  const onDuty = computed(() => pair.value?.duty === 'onDuty')
  const online = useOnline()
  const isLive = computed(() => live.currency.value === 'live' && online.value && !queue.isStuck.value && own.keptAt.value === null)
  const position = usePosition(pairId, onDuty, isLive)
  const progress = computed(() => {
    const { assignment } = own.feed.value
    return assignment ? progressOf(assignment.status, assignment.offer.incidentId, queue.queued.value) : null
  })
  // A line that is back takes what waits with it.
  watch(isLive, (now) => now && queue.kick())

  const phone: Phone = {
    ...own, user, pairId, database, queue, waiting, pair, onDuty, isLive, online, position, progress,
    names: useNamesKept(database),
    me: computed(() => pair.value?.officers.find(({ id }) => id === user.officerId) ?? null),
    currency: live.currency,
    heardAt: live.heardAt,
    here: position.here,
    decide: queue.decide,
  }
  provide(key, phone)
  return phone
}

export function usePhone(): Phone {
  const phone = inject(key)
  if (!phone) throw new Error('Only inside the page of the pair.')
  return phone
}
