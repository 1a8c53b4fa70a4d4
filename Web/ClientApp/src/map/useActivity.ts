import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useSecondsBetween } from '../clock/serverClock'
import { ageingOf, overdueOf } from '../incidents/ageing'
import { isFinished, type Incident } from '../incidents/incident'

export interface Activity {
  /** Open incidents by community. */
  readonly open: ComputedRef<ReadonlyMap<string, number>>
  /** Ids, in order, of the communities where an incident waits for longer than it may. */
  readonly late: Readonly<ShallowRef<readonly string[]>>
}

/** What is going on in the communities. */
export function useActivity(incidents: () => readonly Incident[]): Activity {
  const now = useSecondsBetween()
  const open = computed(() => {
    const counts = new Map<string, number>()
    for (const incident of incidents()) {
      if (incident.communityId && !isFinished(incident)) counts.set(incident.communityId, (counts.get(incident.communityId) ?? 0) + 1)
    }
    return counts
  })
  const overdue = computed(() => overdueOf(incidents(), now.value))
  const late = shallowRef<readonly string[]>([])
  watch([incidents, overdue], () => {
    const ids = incidents().flatMap((incident) => (incident.communityId && ageingOf(incident, now.value).level === 'overdue' ? [incident.communityId] : []))
    const next = [...new Set(ids)].sort()
    if (next.join() !== late.value.join()) late.value = next
  }, { immediate: true })
  return { open, late }
}
