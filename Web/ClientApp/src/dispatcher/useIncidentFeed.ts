import { computed, onUnmounted, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { DeskIncident, Looker } from './deskIncident'
import type { TimelineEntry } from './timelineEntry'
import type { Desk } from './useDesk'

export interface OpenedIncident {
  /** As its own feed has it; until that came as the station's feed does. Null where there is none. */
  readonly incident: ComputedRef<DeskIncident | null>
  readonly timeline: Readonly<ShallowRef<readonly TimelineEntry[]>>
  readonly lookers: Readonly<ShallowRef<readonly Looker[]>>
}

/** The selected incident, live, also where no list shows it any more. */
export function useIncidentFeed(desk: Desk): OpenedIncident {
  const own = shallowRef<DeskIncident | null>(null)
  const timeline = shallowRef<readonly TimelineEntry[]>([])
  const lookers = shallowRef<readonly Looker[]>([])
  let leave: () => void = () => {}

  function renew(): void {
    const entries = desk.connection.entries(`incident/${desk.selectedId.value}`)
    const lines: TimelineEntry[] = []
    const present: Looker[] = []
    for (const [key, value] of entries) {
      if (key.startsWith('timeline/')) lines.push(value as TimelineEntry)
      else if (key.startsWith('looking/')) present.push(value as Looker)
    }
    own.value = (entries.get('incident') as DeskIncident | undefined) ?? null
    timeline.value = lines
    lookers.value = present
  }

  watch(desk.selectedId, (id) => {
    leave()
    leave = id ? desk.connection.watch(`incident/${id}`) : () => {}
    renew()
  }, { immediate: true })
  const stop = desk.connection.onFrame((changed) => {
    if (changed.has(`incident/${desk.selectedId.value}`)) renew()
  })
  onUnmounted(() => {
    stop()
    leave()
  })

  const incident = computed(() => {
    const id = desk.selectedId.value
    if (id === null) return null
    const listed = desk.incidents.value.find((x) => x.id === id)
    if (own.value?.id !== id) return listed ?? null
    // Of the two lines to the same incident one may be a moment ahead; what only its own feed says stays.
    return listed && listed.version > own.value.version ? { ...listed, location: own.value.location, address: own.value.address ?? null, duplicates: own.value.duplicates ?? null } : own.value
  })
  return { incident, timeline, lookers }
}
