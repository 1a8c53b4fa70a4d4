import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { callApi, ProblemError } from '../api/http'
import type { Location } from '../incidents/incident'
import { nameIn, type Organisation } from '../organisation/organisation'

export interface Place {
  readonly kind: 'community' | 'place' | 'partner'
  readonly id: string
  readonly name: string
  readonly nameEn?: string | null
  readonly address?: string | null
  readonly communityId: string | null
  readonly stationId: string
  readonly location: Location
}

const afterMs = 120
const most = 8

/** The communities that a text names, for when the server cannot be asked: by the line, or because it knows no places. */
export function communitiesLike(organisation: Organisation, text: string): Place[] {
  const sought = text.trim().toLowerCase()
  return organisation.communities
    .filter(({ id, name, nameEn }) => sought === '' || `${name} ${nameEn ?? ''} ${id}`.toLowerCase().includes(sought))
    .slice(0, most)
    .map(({ id, name, nameEn, stationId, centre }) => ({ kind: 'community', id, name, nameEn: nameEn ?? null, communityId: id, stationId, location: centre }))
}

export function placeLabel(locale: string, place: Place): string {
  return nameIn(locale, place)
}

/** Places that are like what is typed. The last question counts. */
export function usePlaces(organisation: () => Organisation): { readonly places: Readonly<ShallowRef<readonly Place[]>>; readonly busy: Readonly<Ref<boolean>>; search(text: string): void } {
  const places = shallowRef<readonly Place[]>(communitiesLike(organisation(), ''))
  const busy = ref(false)
  let unknown = false
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(text: string, mine: number): Promise<void> {
    let found: readonly Place[] | null = null
    try {
      const answer = await callApi<{ readonly items?: readonly Place[] } | undefined>(`/places?text=${encodeURIComponent(text)}&limit=${most}`, { signal: AbortSignal.timeout(2_000) })
      found = answer?.items ?? null
    } catch (error) {
      unknown = error instanceof ProblemError && error.status === 404
    }
    if (mine !== latest) return
    busy.value = false
    places.value = found ?? communitiesLike(organisation(), text)
  }

  function search(text: string): void {
    clearTimeout(timer)
    const mine = ++latest
    if (unknown || text.trim() === '') {
      busy.value = false
      places.value = communitiesLike(organisation(), text)
      return
    }
    busy.value = true
    timer = setTimeout(() => void ask(text.trim(), mine), afterMs)
  }
  onUnmounted(() => {
    latest++
    clearTimeout(timer)
  })
  return { places, busy, search }
}
