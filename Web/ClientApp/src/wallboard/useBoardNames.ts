import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { nameIn, type Organisation } from '../organisation/organisation'
import type { Pair } from '../pairs/pair'

export interface BoardNames {
  categoryOf(code: string): string
  communityOf(id: string | null): string
  callSignOf(pairId: string): string
}

/** What things are called on the board, in its language. */
export function useBoardNames(organisation: () => Organisation, pairs: () => readonly Pair[]): BoardNames {
  const { locale } = useI18n()
  const communities = computed(() => new Map(organisation().communities.map((community) => [community.id, community])))
  const categories = computed(() => new Map(organisation().categories.map((category) => [category.code, category])))
  const callSigns = computed(() => {
    const known = new Map(organisation().pairs.map(({ id, callSign }) => [id, callSign]))
    for (const { id, callSign } of pairs()) known.set(id, callSign)
    return known
  })
  return {
    categoryOf: (code) => nameIn(locale.value, categories.value.get(code)) || code,
    communityOf: (id) => nameIn(locale.value, id === null ? undefined : communities.value.get(id)),
    callSignOf: (pairId) => callSigns.value.get(pairId) ?? '–',
  }
}
