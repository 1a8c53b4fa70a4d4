import { commandLineEn } from '../locales/commandLine.en'
import { commandLineZhCN } from '../locales/commandLine.zh-CN'
import type { Locale } from '../locales/i18n'
import { folded } from './tokens'

const chinese = commandLineZhCN.words
const english = commandLineEn.words

/** Kinds of words that the grammar itself knows; what the bureau calls things comes from its organisation. */
export type WordKind = keyof typeof chinese
export type WordOf<K extends WordKind> = keyof (typeof chinese)[K] & string

/** Words of one kind, in the order of the language files. */
export function wordsOf<K extends WordKind>(kind: K): WordOf<K>[] {
  return Object.keys(chinese[kind]) as WordOf<K>[]
}

/** Everything that stands for a word, in both languages: that of the screen first, and of each the main form first. */
export function formsOf<K extends WordKind>(kind: K, word: WordOf<K>, locale: Locale): string[] {
  const [own, other] = locale === 'en' ? [english, chinese] : [chinese, english]
  const forms = (of: typeof chinese) => String(of[kind][word]).split(' ')
  return [...forms(own), ...forms(other)]
}

/** The form that is shown and put into the line. */
export function formOf<K extends WordKind>(kind: K, word: WordOf<K>, locale: Locale): string {
  return formsOf(kind, word, locale)[0] ?? word
}

const byForm = new Map<WordKind, Map<string, string>>()

function formsOfKind(kind: WordKind): Map<string, string> {
  let forms = byForm.get(kind)
  if (!forms) {
    forms = new Map()
    for (const word of wordsOf(kind)) for (const form of [word, ...formsOf(kind, word, 'en')]) forms.set(folded(form), word)
    byForm.set(kind, forms)
  }
  return forms
}

/** The word that a typed form stands for; undefined where it is none. Both languages are always understood. */
export function wordFor<K extends WordKind>(kind: K, form: string): WordOf<K> | undefined {
  return formsOfKind(kind).get(folded(form)) as WordOf<K> | undefined
}
