import { computed, inject, provide, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { currentUser } from '../accounts/session'
import type { Feeds } from '../live/feeds'
import type { Boundaries, Organisation } from '../organisation/organisation'
import type { PairPosition } from '../pairs/pair'
import { useBoard } from '../wallboard/useBoard'
import type { DeskIncident, DeskPair } from './deskIncident'
import { useOutbox, type Outbox } from './useOutbox'

/** What all parts of the console share. */
export interface Desk {
  readonly organisation: ComputedRef<Organisation>
  readonly boundaries: ComputedRef<Boundaries>
  readonly connection: Feeds
  readonly stationIds: readonly string[]
  readonly incidents: ComputedRef<readonly DeskIncident[]>
  readonly pairs: ComputedRef<readonly DeskPair[]>
  readonly pairById: ComputedRef<ReadonlyMap<string, DeskPair>>
  readonly positions: Readonly<ShallowRef<ReadonlyMap<string, PairPosition>>>
  readonly selectedId: Readonly<Ref<string | null>>
  select(id: string | null): void
  readonly outbox: Outbox
}

const key: InjectionKey<Desk> = Symbol('desk')

export interface DeskSources {
  readonly organisation: () => Organisation
  readonly boundaries: () => Boundaries
  readonly connection: Feeds
}

/** The desk of this page: its feeds, what is selected (also in the address, so that a reload shows the same), and the commands on their way. */
export function provideDesk(sources: DeskSources): Desk {
  const route = useRoute()
  const router = useRouter()
  const own = currentUser.value?.stationIds ?? []
  const stationIds = own.includes('*') ? sources.organisation().stations.map(({ id }) => id) : own
  const board = useBoard(sources.connection, stationIds)
  const asked = route.query['incident']
  const selectedId = shallowRef<string | null>(typeof asked === 'string' ? asked : null)
  // The feeds say more than a wall may show; the types of the board leave that out.
  const incidents = computed(() => board.incidents.value as readonly DeskIncident[])
  const pairs = computed(() => board.pairs.value as readonly DeskPair[])

  watch(selectedId, (id) => void router.replace({ query: id ? { incident: id } : {} }))

  const desk: Desk = {
    organisation: computed(sources.organisation),
    boundaries: computed(sources.boundaries),
    connection: sources.connection,
    stationIds,
    incidents,
    pairs,
    pairById: computed(() => new Map(pairs.value.map((pair) => [pair.id, pair]))),
    positions: board.positions,
    selectedId,
    select: (id) => (selectedId.value = id),
    outbox: useOutbox(),
  }
  provide(key, desk)
  return desk
}

export function useDesk(): Desk {
  const desk = inject(key)
  if (!desk) throw new Error('Only parts of the console have a desk.')
  return desk
}
