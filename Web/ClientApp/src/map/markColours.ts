import type { Priority } from '../incidents/incident'
import { pairConditions, type PairCondition } from '../pairs/pairCondition'
import { themeColour } from '../theme/theme'

/** Colours of the marks in the present theme, read once per theme and not once per mark. */
export interface MarkColours {
  readonly priority: Record<Priority, string>
  readonly onPriority: Record<Priority, string>
  readonly pair: Record<PairCondition, string>
  readonly onMark: string
  readonly label: string
  readonly halo: string
  readonly waiting: string
  readonly accent: string
}

export function readMarkColours(): MarkColours {
  return {
    priority: { 1: themeColour('p1'), 2: themeColour('p2'), 3: themeColour('p3'), 4: themeColour('p4') },
    onPriority: { 1: themeColour('on-p1'), 2: themeColour('on-p2'), 3: themeColour('on-p3'), 4: themeColour('on-p4') },
    pair: Object.fromEntries(pairConditions.map((name) => [name, themeColour(`pair-${name}`)])) as Record<PairCondition, string>,
    onMark: themeColour('on-mark'),
    label: themeColour('map-label'),
    halo: themeColour('map-halo'),
    waiting: themeColour('map-waiting'),
    accent: themeColour('accent'),
  }
}
