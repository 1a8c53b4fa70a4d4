import { useI18n } from 'vue-i18n'
import { nameIn } from '../../organisation/organisation'
import { usePhone } from './phone'

export interface Words {
  readonly time: (at: number | string) => string
  readonly span: (ms: number) => string
  readonly community: (id: string) => string
  readonly category: (code: string) => string
  readonly callSign: (pairId: string) => string
}

/** Times, spans and names as the screen says them. */
export function useWords(): Words {
  const { t, locale } = useI18n()
  const { names } = usePhone()

  function time(at: number | string): string {
    const date = new Date(at)
    const today = date.toDateString() === new Date().toDateString()
    return date.toLocaleString(locale.value, {
      hour: '2-digit', minute: '2-digit', hour12: false, ...(today ? {} : { month: 'short', day: 'numeric' }),
    })
  }
  function span(ms: number): string {
    const seconds = Math.max(0, Math.floor(ms / 1_000))
    if (seconds < 60) return t('phone.ago.seconds', { n: seconds })
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return t('phone.ago.minutes', { n: minutes })
    const hours = Math.floor(minutes / 60)
    return hours < 24 ? t('phone.ago.hours', { h: hours, m: minutes % 60 }) : t('phone.ago.days', { d: Math.floor(hours / 24), h: hours % 24 })
  }
  return {
    time,
    span,
    community: (id) => nameIn(locale.value, names.value.communities.find((x) => x.id === id)) || id,
    category: (code) => nameIn(locale.value, names.value.categories.find((x) => x.code === code)) || code,
    callSign: (id) => names.value.callSigns[id] ?? id,
  }
}
