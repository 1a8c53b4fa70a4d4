import { actionNames, type ActionName } from './incidentAction'
import type { Intent } from './keyMap'
import type { Actions } from './useActions'
import { useShortcuts } from './useShortcuts'

/** What the page itself does for a key; everything else is an action on the incident. */
export type PageKeys = Readonly<Partial<Record<Exclude<Intent, ActionName>, () => unknown>>>

/** Binds the keys of the console to what they do. */
export function useConsoleKeys(actions: Actions, page: PageKeys): void {
  useShortcuts((intent) => {
    const action = actionNames.find((name) => name === intent)
    if (action) {
      actions.act(action)
      return true
    }
    const own = page[intent as Exclude<Intent, ActionName>]
    own?.()
    return own !== undefined
  })
}
