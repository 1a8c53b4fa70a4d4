import { useI18n } from 'vue-i18n'
import { nameIn, type Coded } from '../organisation/organisation'
import { useSkillName } from '../organisation/useSkillName'
import { readReason } from './reasonCode'
import { useDesk, type Desk } from './useDesk'

/** Codes and ids in the words of the present language. */
export function useDeskNames(given?: Desk) {
  const desk = given ?? useDesk()
  const { t, te, locale } = useI18n()

  const coded = (list: readonly Coded[] | undefined, code: string): string | null => nameIn(locale.value, list?.find((x) => x.code === code)) || null

  const community = (id: string | null) => nameIn(locale.value, desk.organisation.value.communities.find((x) => x.id === id)) || t('incident.elsewhere')
  const skill = useSkillName()
  const number = (id: string) => desk.incidents.value.find((x) => x.id === id)?.number ?? t('dispatcher.otherIncident')

  function aboutText(name: string, about: string | null): string {
    if (about === null) return ''
    if (name === 'interrupts' || name === 'activity') return t(`pair.activity.${about}`)
    return name === 'preempts' ? number(about) : skill(about)
  }

  /** What a code of a recommendation, a shortfall, a refusal or a decline means; somebody's own words stay as they are. */
  function reason(code: string): string {
    const { name, about } = readReason(code)
    if (te(`dispatcher.reason.${name}`, 'zh-CN')) return t(`dispatcher.reason.${name}`, { about: aboutText(name, about) })
    return coded(desk.organisation.value.declineReasons, code) ?? (te(`refusal.${code}`, 'zh-CN') ? t(`refusal.${code}`) : code)
  }

  return {
    community,
    skill,
    number,
    reason,
    category: (code: string) => coded(desk.organisation.value.categories, code) ?? code,
    disposition: (code: string) => coded(desk.organisation.value.dispositions, code) ?? code,
    station: (id: string) => nameIn(locale.value, desk.organisation.value.stations.find((x) => x.id === id)) || id,
    callSign: (id: string) => desk.pairById.value.get(id)?.callSign ?? desk.organisation.value.pairs.find((x) => x.id === id)?.callSign ?? '–',
    metres: (metres: number) => metres < 1000
      ? new Intl.NumberFormat(locale.value, { style: 'unit', unit: 'meter', unitDisplay: 'short', maximumFractionDigits: 0 }).format(Math.round(metres / 10) * 10)
      : new Intl.NumberFormat(locale.value, { style: 'unit', unit: 'kilometer', unitDisplay: 'short', maximumFractionDigits: 1 }).format(metres / 1000),
    minutes: (seconds: number) => new Intl.NumberFormat(locale.value, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(Math.max(1, Math.round(seconds / 60))),
    time: (at: string | number) => new Date(at).toLocaleTimeString(locale.value, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    dayAndTime: (at: string | number) => new Date(at).toLocaleString(locale.value, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }
}
