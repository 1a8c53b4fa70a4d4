import type { Incident } from '../incidents/incident'
import type { Locale } from '../locales/i18n'
import { nameIn } from '../organisation/organisation'
import type { Pair } from '../pairs/pair'
import { findIncident, findNamed, findPair, keyOf, oneOf, type Nameable } from './naming'
import { tokensOf } from './tokens'
import type { Vocabulary } from './vocabulary'

/** Whether something can stand in a line as one word, and is not taken for the beginning of options or free words. */
function isWord(text: string): boolean {
  return tokensOf(text).length === 1 && !/[\s,、，]/.test(text) && !/^[+＋:：]/.test(text)
}

function firstThat(spellings: readonly string[], stands: (spelling: string) => boolean, otherwise: string): string {
  return spellings.find((spelling) => isWord(spelling) && stands(spelling)) ?? otherwise
}

/** The shortest tail of the number that stands for this incident and no other: `0014`, `mudan-0014`, or all of it. */
export function spellIncident(incident: Incident, vocabulary: Vocabulary): string {
  const parts = incident.number.split('-')
  const last = parts[parts.length - 1] ?? ''
  const spellings = [last, `${parts[0]}-${last}`, incident.number]
  return firstThat(spellings, (spelling) => oneOf(findIncident(spelling, vocabulary))?.id === incident.id, incident.id)
}

export function spellPair(pair: Pair, vocabulary: Vocabulary): string {
  const spellings = [pair.callSign, pair.callSign.replace(/\s/g, '')]
  return firstThat(spellings, (spelling) => oneOf(findPair(spelling, vocabulary))?.id === pair.id, pair.id)
}

/** A name in the language of the screen, or the code where that is not one word. */
export function spellNamed<T extends Nameable>(named: T, list: readonly T[], locale: Locale): string {
  const name = nameIn(locale, named)
  const spellings = [name, name.replace(/\s/g, '')]
  return firstThat(spellings, (spelling) => { const found = oneOf(findNamed(spelling, list)); return found !== undefined && keyOf(found) === keyOf(named) }, keyOf(named))
}
