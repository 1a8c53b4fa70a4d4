import { readonly, ref, watch } from 'vue'

export type Theme = 'night' | 'day'

const storageKey = 'dispatch.theme'
const theme = ref<Theme>(localStorage.getItem(storageKey) === 'day' ? 'day' : 'night')

export const currentTheme = readonly(theme)

export function toggleTheme(): void {
  theme.value = theme.value === 'night' ? 'day' : 'night'
  localStorage.setItem(storageKey, theme.value)
}

// Synchronous, so that whoever reads the colours after a change of theme reads the new ones.
watch(theme, (name) => (document.documentElement.dataset.theme = name), { immediate: true, flush: 'sync' })

/** A colour of the present theme by its name in `tokens.css`, without the dashes. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
