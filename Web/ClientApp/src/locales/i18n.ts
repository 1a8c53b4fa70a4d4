import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { en } from './en'
import type { Messages, RoomMessages } from './messages'
import { zhCN } from './zh-CN'

export type Locale = 'zh-CN' | 'en'

const storageKey = 'dispatch.locale'

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN',
  // The rooms add theirs before any page of them is shown.
  messages: { 'zh-CN': zhCN as Messages, en: en as Messages },
})

/** A room's messages, in both languages at once: switching must not wait. */
export function addMessages<Room extends keyof RoomMessages>(inChinese: Pick<RoomMessages, Room>, inEnglish: Pick<RoomMessages, Room>): void {
  i18n.global.mergeLocaleMessage('zh-CN', inChinese)
  i18n.global.mergeLocaleMessage('en', inEnglish)
}

watch(i18n.global.locale, (locale) => {
  localStorage.setItem(storageKey, locale)
  document.documentElement.lang = locale
})
document.documentElement.lang = i18n.global.locale.value
