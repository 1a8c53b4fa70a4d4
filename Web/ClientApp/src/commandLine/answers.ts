import { callApi } from '../api/http'
import { isFinished, type Incident } from '../incidents/incident'
import type { RecommendedPair } from '../incidents/recommendation'
import type { Pair } from '../pairs/pair'
import { pairStateKey } from '../pairs/pairCondition'
import type { DispatchConsole } from './console'
import type { AnswerLine } from './executor'
import { incidentFacts, pairName, type Say } from './sentence'
import { signatureOf, otherForms } from './signature'
import { folded } from './tokens'
import { opposites } from './undo'
import type { VerbSpec } from './verbs'
import type { Vocabulary } from './vocabulary'

const mostLines = 12
const candidates = 5

/** The answer to `GET incidents/{id}/recommendations/{pairId}`. */
interface Explanation {
  readonly recommended: boolean
  readonly rank: number | null
  readonly distanceMetres: number | null
  readonly etaSeconds: number | null
  readonly reasons: readonly string[]
  readonly shortfall: string | null
  readonly penalties: readonly { readonly reason: string; readonly seconds: number }[]
}

/** Minutes and kilometres as a sentence says them. */
export function way({ etaSeconds, distanceMetres }: { readonly etaSeconds: number | null; readonly distanceMetres: number | null }, say: Say): { minutes: string; km: string } {
  const format = new Intl.NumberFormat(say.locale, { maximumFractionDigits: 1 })
  return { minutes: etaSeconds === null ? '–' : format.format(Math.max(1, Math.round(etaSeconds / 60))), km: distanceMetres === null ? '–' : format.format(distanceMetres / 1000) }
}

function incidentLine(incident: Incident, vocabulary: Vocabulary, say: () => Say): AnswerLine {
  return { text: () => say().t('commandLine.result.incident', incidentFacts(incident, vocabulary, say())), incidentId: incident.id }
}

function pairLine(pair: Pair, vocabulary: Vocabulary, say: () => Say): AnswerLine {
  const incident = pair.commitment ? vocabulary.incidents.get(pair.commitment.incidentId) : undefined
  return {
    text: () => {
      const { t } = say()
      const facts = { callSign: pair.callSign, state: t(pairStateKey(pair)), incident: incident?.number ?? '' }
      return t(incident ? 'commandLine.result.pairAt' : 'commandLine.result.pair', facts)
    },
    ...(incident ? { incidentId: incident.id } : {}),
  }
}

/** What a line of words is looked for in. */
function incidentText(incident: Incident, vocabulary: Vocabulary, say: Say): string {
  const facts = incidentFacts(incident, vocabulary, say)
  return folded(`${facts.number} p${facts.priority} ${facts.category} ${incident.category} ${facts.community} ${facts.status}`)
}

/** Incidents and pairs in which every word occurs. */
export function findAnswer(text: string, vocabulary: Vocabulary, say: () => Say): AnswerLine[] {
  const words = folded(text).split(/\s+/).filter((word) => word !== '')
  const now = say()
  const fits = (own: string) => words.every((word) => own.includes(word))
  const incidents = [...vocabulary.incidents.values()].filter((x) => fits(incidentText(x, vocabulary, now)))
    .sort((a, b) => Number(isFinished(a)) - Number(isFinished(b)) || a.priority - b.priority || Date.parse(b.openedAt) - Date.parse(a.openedAt))
  const pairs = [...vocabulary.pairs.values()].filter((x) => fits(folded(`${x.callSign} ${x.id} ${now.t(pairStateKey(x))}`)))
  const lines = [...incidents.map((x) => incidentLine(x, vocabulary, say)), ...pairs.map((x) => pairLine(x, vocabulary, say))]
  if (lines.length === 0) return [{ text: () => say().t('commandLine.result.foundNone', { text }) }]
  const rest = lines.length - mostLines
  return [...lines.slice(0, mostLines), ...(rest > 0 ? [{ text: () => say().t('commandLine.more', { n: rest }) }] : [])]
}

export function whoAnswer(pairId: string, vocabulary: Vocabulary, say: () => Say): AnswerLine[] {
  const pair = vocabulary.pairs.get(pairId)
  return pair ? [pairLine(pair, vocabulary, say)] : []
}

function reasonsIn(reasons: readonly string[], console: DispatchConsole, say: Say): string {
  return reasons.map((code) => console.reasonText(code)).join(say.t('commandLine.and'))
}

export async function recommendAnswer(incidentId: string, vocabulary: Vocabulary, console: DispatchConsole, say: () => Say): Promise<AnswerLine[]> {
  const { recommendations, shortfalls, unansweredStations } = await console.recommendations(incidentId)
  const line = (pair: RecommendedPair, index: number): AnswerLine => ({
    text: () => say().t('commandLine.result.candidate', {
      rank: index + 1, callSign: pairName(pair.pairId, vocabulary), ...way(pair, say()), reasons: reasonsIn(pair.reasons, console, say()),
    }),
  })
  const missing = recommendations.length > 0 ? [] : shortfalls.slice(0, candidates).map(({ pairId, reason }): AnswerLine => ({
    text: () => say().t('commandLine.result.missing', { callSign: pairName(pairId, vocabulary), reason: console.reasonText(reason) }),
  }))
  return [
    ...(recommendations.length > 0 ? recommendations.slice(0, candidates).map(line) : [{ text: () => say().t('commandLine.result.nobody') }]),
    ...missing,
    ...(unansweredStations.length > 0 ? [{ text: () => say().t('commandLine.result.unanswered', { n: unansweredStations.length }) }] : []),
  ]
}

export async function whyAnswer(incidentId: string, pairId: string, vocabulary: Vocabulary, console: DispatchConsole, say: () => Say): Promise<AnswerLine[]> {
  const why = await callApi<Explanation>(`/incidents/${incidentId}/recommendations/${encodeURIComponent(pairId)}`)
  const callSign = pairName(pairId, vocabulary)
  const headline = (): string => (why.shortfall === null
    ? say().t('commandLine.result.whyYes', { callSign, rank: why.rank ?? '–', ...way(why, say()) })
    : say().t('commandLine.result.whyNot', { callSign, reason: console.reasonText(why.shortfall) }))
  return [
    { text: headline },
    ...(why.reasons.length > 0 ? [{ text: () => reasonsIn(why.reasons, console, say()) }] : []),
    ...why.penalties.map(({ reason, seconds }) => ({
      text: () => say().t('commandLine.result.penalty', { reason: console.reasonText(reason), seconds: new Intl.NumberFormat(say().locale, { maximumFractionDigits: 0 }).format(seconds) }),
    })),
  ]
}

/** How one command is used. */
export function helpAnswer(spec: VerbSpec, say: () => Say): AnswerLine[] {
  const takesBack = opposites[spec.kind]
  return [
    { text: () => signatureOf(spec, say()).map(({ text }) => text).join(' ') },
    { text: () => say().t(`commandLine.about.${spec.verb}`) },
    { text: () => otherForms(spec, say()).join('  ') },
    ...(takesBack ? [{ text: () => say().t('commandLine.undoSays', { says: say().t(`commandLine.takesBack.${takesBack}`) }) }] : []),
  ]
}
