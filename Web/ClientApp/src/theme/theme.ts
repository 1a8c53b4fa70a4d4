import { readonly, ref, watch } from 'vue'

export type Theme = 'night' | 'day'

const storageKey = 'dispatch.theme'
const theme = ref<Theme>(localStorage.getItem(storageKey) === 'day' ? 'day' : 'night')

export const currentTheme = readonly(theme)

export function toggleTheme(): void {
  theme.value = theme.value === 'night' ? 'day' : 'night'
  localStorage.setItem(storageKey, theme.value)
}

/** Shows a theme without remembering it: a board that goes by the time of day is nobody's choice. */
export function showTheme(name: Theme): void {
  theme.value = name
}

// Synchronous, so that whoever reads the colours after a change of theme reads the new ones.
watch(theme, (name) => (document.documentElement.dataset.theme = name), { immediate: true, flush: 'sync' })

/** A colour of the present theme by its name in `tokens.css`, without the dashes. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
