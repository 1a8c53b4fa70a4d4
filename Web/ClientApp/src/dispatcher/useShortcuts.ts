import { onUnmounted, ref, type Ref } from 'vue'
import { intentOf, type Intent } from './keyMap'

const storageKey = 'dispatch.letters'

/** Whether single letters do something. Can be switched off by those whose hands or speech press keys they do not mean. */
export const lettersOn: Ref<boolean> = ref(localStorage.getItem(storageKey) !== 'off')

export function toggleLetters(): void {
  lettersOn.value = !lettersOn.value
  localStorage.setItem(storageKey, lettersOn.value ? 'on' : 'off')
}

const written = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], [role=combobox], [role=menu], [role=listbox]'

/** Hears the keys of the whole page. What a dialog or a menu has open is theirs. */
export function useShortcuts(act: (intent: Intent) => boolean): void {
  function hear(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    const typing = event.target instanceof Element && event.target.closest(written) !== null
    // With nothing in focus the arrows begin at the queue.
    const arrow = event.target === document.body ? ({ ArrowDown: 'next', ArrowUp: 'previous' } as const)[event.key] : undefined
    const intent = arrow ?? intentOf(event, { typing, lettersOn: lettersOn.value })
    if (intent && act(intent)) event.preventDefault()
  }
  addEventListener('keydown', hear)
  onUnmounted(() => removeEventListener('keydown', hear))
}
