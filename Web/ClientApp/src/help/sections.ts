/** Parts of the help, in their order. */
export const sections = ['start', 'roles', 'commands', 'keys', 'marks', 'clocks', 'words', 'trust'] as const

export type SectionName = (typeof sections)[number]

/** What everybody may read; the rest is for those who work here. */
const general: ReadonlySet<SectionName> = new Set(['start', 'marks', 'clocks', 'words', 'trust'])

/** Sections for somebody who may open these pages; nobody signed in has none. */
export function sectionsFor(pages: readonly string[]): SectionName[] {
  return sections.filter((name) => general.has(name) || (name === 'commands' ? pages.includes('dispatch') : pages.length > 0))
}
