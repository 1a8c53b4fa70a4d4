/** What a key does in the command line; its words are in the language files under this name. */
export type KeyAction = 'complete' | 'next' | 'previous' | 'send' | 'clear' | 'search' | 'help'

export interface KeyBinding {
  readonly key: string
  readonly ctrl?: true
  readonly does: KeyAction
}

/** Keys while the command line has the focus. The line itself and the help read them from here. */
export const commandLineKeys: readonly KeyBinding[] = [
  { key: 'Tab', does: 'complete' },
  { key: 'ArrowDown', does: 'next' },
  { key: 'ArrowUp', does: 'previous' },
  { key: 'Enter', does: 'send' },
  { key: 'Escape', does: 'clear' },
  { key: 'r', ctrl: true, does: 'search' },
  { key: 'F1', does: 'help' },
]

/** Keys anywhere on the page that lead to the command line. */
export const focusKeys: readonly { readonly key: string; readonly ctrl?: true }[] = [{ key: '/' }, { key: 'k', ctrl: true }]

function isKey(event: KeyboardEvent, { key, ctrl }: { readonly key: string; readonly ctrl?: true }): boolean {
  return event.key.toLowerCase() === key.toLowerCase() && (event.ctrlKey || event.metaKey) === (ctrl ?? false) && !event.altKey && !event.shiftKey
}

export function actionOf(event: KeyboardEvent): KeyAction | undefined {
  return commandLineKeys.find((binding) => isKey(event, binding))?.does
}

/** Whether a key asks for the command line. A letter that is being written somewhere does not. */
export function asksForFocus(event: KeyboardEvent): boolean {
  const target = event.target
  const writing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  return focusKeys.some((binding) => isKey(event, binding) && (binding.ctrl || !writing))
}
