import { computed, watch, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { useSeconds } from '../clock/serverClock'
import { showTheme, type Theme } from '../theme/theme'

/** By day the board is light, in hours of the place where it hangs. */
const dayHours = { from: 7, until: 19 } as const

export function themeAt(hour: number): Theme {
  return hour >= dayHours.from && hour < dayHours.until ? 'day' : 'night'
}

export interface Kiosk {
  /** Alerts are to be heard. */
  readonly soundWanted: ComputedRef<boolean>
}

/** A wall has no mouse: its address says how it looks, `?theme=auto|day|night&lang=zh-CN|en&sound=on|off`. What the address does not name stays as chosen before. */
export function useKiosk(): Kiosk {
  const route = useRoute()
  const { locale } = useI18n({ useScope: 'global' })
  const now = useSeconds()
  const ofDay = computed(() => themeAt(new Date(now.value).getHours()))

  watch(() => route.query.lang, (lang) => {
    if (lang === 'zh-CN' || lang === 'en') locale.value = lang
  }, { immediate: true })
  watch([() => route.query.theme, ofDay] as const, ([theme, present]) => {
    if (theme === 'auto') showTheme(present)
    else if (theme === 'day' || theme === 'night') showTheme(theme)
  }, { immediate: true })
  return { soundWanted: computed(() => route.query.sound !== 'off') }
}
