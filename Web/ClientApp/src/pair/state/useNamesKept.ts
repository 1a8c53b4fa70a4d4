import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import { untilReached } from '../../api/untilReached'
import { loadOrganisation } from '../../organisation/organisation'
import { keepNames, keptNames, type KeptNames } from '../device/keptState'
import type { PhoneDatabase } from '../device/phoneDatabase'

const none: KeptNames = { categories: [], declineReasons: [], communities: [], callSigns: {} }

/** The names of the organisation: at once as they were, then as they are. */
export function useNamesKept(database: PhoneDatabase): Readonly<ShallowRef<KeptNames>> {
  const names = shallowRef<KeptNames>(none)
  const leaving = new AbortController()
  onUnmounted(() => leaving.abort())

  async function load(): Promise<void> {
    const organisation = await untilReached(loadOrganisation, leaving.signal)
    const { categories, declineReasons } = organisation
    names.value = {
      categories,
      declineReasons,
      communities: organisation.communities.map(({ id, name, nameEn }) => ({ id, name, nameEn: nameEn ?? null })),
      callSigns: Object.fromEntries(organisation.pairs.map(({ id, callSign }) => [id, callSign])),
    }
    await keepNames(database, names.value)
  }
  void keptNames(database).then((kept) => {
    if (kept && names.value === none) names.value = kept
  })
  // A refusal here is one of the session, which the page asks about by itself.
  load().catch(() => {})
  return names
}
