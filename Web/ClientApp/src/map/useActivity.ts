import { computed, type ComputedRef } from 'vue'
import { useSeconds } from '../clock/serverClock'
import { ageingOf } from '../incidents/ageing'
import { isFinished, type Incident } from '../incidents/incident'

export interface Activity {
  /** Open incidents by community. */
  readonly open: ComputedRef<ReadonlyMap<string, number>>
  /** Ids, in order, of the communities where an incident waits for longer than it may. */
  readonly late: ComputedRef<readonly string[]>
}

/** What is going on in the communities. */
export function useActivity(incidents: () => readonly Incident[]): Activity {
  const now = useSeconds()
  const open = computed(() => {
    const counts = new Map<string, number>()
    for (const incident of incidents()) {
      if (incident.communityId && !isFinished(incident)) counts.set(incident.communityId, (counts.get(incident.communityId) ?? 0) + 1)
    }
    return counts
  })
  const late = computed((before?: readonly string[]): readonly string[] => {
    const ids = incidents().flatMap((incident) =>
      incident.communityId && ageingOf(incident, now.value).level === 'overdue' ? [incident.communityId] : [])
    const next = [...new Set(ids)].sort()
    return before && next.join() === before.join() ? before : next
  })
  return { open, late }
}
