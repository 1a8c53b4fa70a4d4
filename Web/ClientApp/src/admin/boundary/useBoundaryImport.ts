import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useProblemText } from '../../api/useProblemText'
import type { AdminOrganisation } from '../organisation'
import { draftsOf, guessMapping, readBoundaryFile, type BoundaryFile, type Draft, type FileFault, type Mapping } from './boundaryFile'
import { planImport, type CommunityPlan, type ImportBody } from './plan'

export const mostCommunities = 5_000
const settleMs = 300

export interface BoundaryImportState {
  readonly file: ShallowRef<BoundaryFile | null>
  readonly fileFault: Ref<FileFault | 'tooMany' | null>
  readonly mapping: ShallowRef<Mapping | null>
  readonly removeOthers: Ref<boolean>
  readonly official: Ref<boolean>
  readonly drafts: ComputedRef<readonly Draft[]>
  readonly plan: ShallowRef<CommunityPlan | null>
  readonly planning: Ref<boolean>
  readonly problem: ShallowRef<string | null>
  readonly body: ComputedRef<ImportBody | null>
  read(file: File): Promise<void>
}

/** A file on its way into the organisation: read here, compared by the server whenever something about it is chosen otherwise. */
export function useBoundaryImport(organisation: Readonly<ShallowRef<AdminOrganisation | null>>): BoundaryImportState {
  const problemText = useProblemText()
  const file = shallowRef<BoundaryFile | null>(null)
  const fileFault = ref<FileFault | 'tooMany' | null>(null)
  const mapping = shallowRef<Mapping | null>(null)
  const removeOthers = ref(false)
  const official = ref(true)
  const plan = shallowRef<CommunityPlan | null>(null)
  const planning = ref(false)
  const problem = shallowRef<string | null>(null)
  const present = computed(() => new Map((organisation.value?.communities ?? []).map(({ id, stationId }) => [id, stationId])))
  const drafts = computed(() =>
    file.value && mapping.value && organisation.value ? draftsOf(file.value, mapping.value, organisation.value.stations, present.value) : [])
  const body = computed((): ImportBody | null =>
    organisation.value && drafts.value.length > 0
      ? { expectedVersion: organisation.value.version, communities: drafts.value, removeOthers: removeOthers.value, illustrative: !official.value }
      : null)

  async function read(chosen: File): Promise<void> {
    const found = readBoundaryFile(await chosen.text())
    const tooMany = typeof found !== 'string' && found.features.length > mostCommunities
    fileFault.value = typeof found === 'string' ? found : tooMany ? 'tooMany' : null
    file.value = typeof found === 'string' || tooMany ? null : found
    mapping.value = file.value ? guessMapping(file.value, organisation.value?.stations ?? []) : null
    plan.value = null
    problem.value = null
  }

  let latest = 0
  watch(body, (next) => {
    const mine = ++latest
    planning.value = next !== null
    if (!next) return
    setTimeout(() => void compare(next, mine), settleMs)
  })

  async function compare(next: ImportBody, mine: number): Promise<void> {
    if (mine !== latest) return
    try {
      const found = await planImport(next)
      if (mine !== latest) return
      plan.value = found
      problem.value = null
    } catch (error) {
      if (mine !== latest) return
      plan.value = null
      problem.value = problemText(error)
    }
    planning.value = false
  }

  return { file, fileFault, mapping, removeOthers, official, drafts, plan, planning, problem, body, read }
}
