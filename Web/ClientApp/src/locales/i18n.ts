import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { en } from './en'
import { zhCN, type Messages } from './zh-CN'

export type Locale = 'zh-CN' | 'en'

const storageKey = 'dispatch.locale'

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})

watch(i18n.global.locale, (locale) => {
  localStorage.setItem(storageKey, locale)
  document.documentElement.lang = locale
})
document.documentElement.lang = i18n.global.locale.value
