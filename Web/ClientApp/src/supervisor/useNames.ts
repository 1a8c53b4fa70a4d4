import { inject, provide, type InjectionKey, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { nameIn, type Coded, type Organisation } from '../organisation/organisation'
import type { MatterKind } from './matter'
import type { Pack } from './pack'
import { spanOf } from './span'

interface Known {
  readonly organisation: Readonly<Ref<Organisation | null>>
  readonly pack: Readonly<Ref<Pack | null>>
}

const known: InjectionKey<Known> = Symbol('organisation and pack')

export function provideNames(names: Known): void {
  provide(known, names)
}

/** Codes, ids and times in the words of the present language. */
export function useNames() {
  const { organisation, pack } = inject(known)!
  const { t, te, locale } = useI18n()

  const coded = (list: readonly Coded[] | undefined, code: string | null): string =>
    nameIn(locale.value, list?.find((x) => x.code === code)) || (code ?? '')
  const idOf = <T extends { readonly id: string }>(list: readonly T[] | undefined, id: string | null) => list?.find((x) => x.id === id)

  return {
    community: (id: string) => nameIn(locale.value, idOf(organisation.value?.communities, id)) || id,
    station: (id: string) => nameIn(locale.value, idOf(organisation.value?.stations, id)) || id,
    pair: (id: string | null) => (id === null ? '' : (idOf(organisation.value?.pairs, id)?.callSign ?? id)),
    category: (kind: MatterKind, code: string | null) => coded(
      { concern: pack.value?.concernCategories, dispute: pack.value?.disputeKinds, referral: pack.value?.taskKinds, meeting: pack.value?.meetingKinds, problem: [], whistle: [] }[kind],
      code,
    ),
    incidentCategory: (code: string) => coded(organisation.value?.categories, code),
    /** What kept a pair from going: the words of the recommendation, a reason of the bureau's list, or the code of a refusal. */
    reason: (code: string) => {
      const [name = code, about] = code.split(':')
      if (te(`dispatcher.reason.${name}`, 'zh-CN')) return t(`dispatcher.reason.${name}`, { about: about !== undefined && te(`pair.activity.${about}`, 'zh-CN') ? t(`pair.activity.${about}`) : about })
      return coded(organisation.value?.declineReasons, name)
    },
    /** The pairs of a community's station, those of the community first. */
    pairsNear: (communityId: string) => {
      const stationId = idOf(organisation.value?.communities, communityId)?.stationId
      return (organisation.value?.pairs ?? []).filter((x) => x.stationId === stationId)
        .sort((a, b) => Number(b.communityId === communityId) - Number(a.communityId === communityId) || a.callSign.localeCompare(b.callSign, 'zh-CN', { numeric: true }))
    },
    officer: (id: string | null) => organisation.value?.pairs.flatMap((x) => x.officers ?? []).find((x) => x.id === id)?.name ?? id ?? '',
    grade: (code: string | null) => pack.value?.disputeGrades.find((x) => x.code === code),
    gradeName: (code: string | null) => coded(pack.value?.disputeGrades, code),
    tier: (code: string | null) => coded(pack.value?.disputeTiers, code),
    channel: (code: string | null) => coded(pack.value?.channels, code),
    /** Who took time from a community, or an activity, or a reason of the pack. */
    taker: (name: string) => te(`pair.activity.${name}`, 'zh-CN') ? t(`pair.activity.${name}`) : coded(pack.value?.timeAwayReasons, name),
    status: (kind: string, status: string) => te(`supervisor.status.${kind}.${status}`, 'zh-CN') ? t(`supervisor.status.${kind}.${status}`) : status,
    span: (milliseconds: number) => {
      const { key, ...numbers } = spanOf(milliseconds)
      return t(`supervisor.span.${key}`, numbers)
    },
    clockTime: (at: number | string) => new Date(at).toLocaleTimeString(locale.value, { hour: '2-digit', minute: '2-digit', hour12: false }),
    dayAndTime: (at: number | string) => new Date(at).toLocaleString(locale.value, {
      month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false,
    }),
  }
}
