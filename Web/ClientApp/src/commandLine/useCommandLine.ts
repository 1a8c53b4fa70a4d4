import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { currentUser } from '../accounts/session'
import { callApi } from '../api/http'
import type { Incident } from '../incidents/incident'
import type { RecommendedPair } from '../incidents/recommendation'
import { findAnswer, helpAnswer, recommendAnswer, whoAnswer, whyAnswer } from './answers'
import { valuesOf, type Command } from './command'
import { applySuggestion, complete, type Completion, type Suggestion } from './complete'
import type { DispatchConsole } from './console'
import { excerptOf } from './excerpt'
import { Executor, isUndone, type AnswerLine, type Entry } from './executor'
import { History } from './history'
import { parse, type Parsed } from './parse'
import { requestOf } from './request'
import { problemSentence, sentenceOf, undoSentence, type Say } from './sentence'
import { beforeOf, undoOf, type Undo } from './undo'
import { specOfVerb } from './verbs'
import { vocabularyOf, type Vocabulary } from './vocabulary'

/** Something that is done only when it was said twice. */
interface Question {
  readonly text: string
  readonly confirm: () => void
}

export interface CommandLine {
  readonly text: ShallowRef<string>
  readonly parsed: ComputedRef<Parsed>
  readonly completion: ComputedRef<Completion>
  /** What Enter would do, or what is wrong; null where nothing is to be said yet. */
  readonly preview: ComputedRef<{ readonly kind: 'does' | 'asks' | 'wrong' | 'needs'; readonly text: string } | null>
  readonly vocabulary: ShallowRef<Vocabulary>
  readonly entries: ShallowRef<readonly Entry[]>
  readonly question: ShallowRef<Question | null>
  readonly say: ComputedRef<Say>
  readonly history: History
  /** Takes a new text, with the names as they are now. */
  type(text: string, caret?: number): void
  take(suggestion: Suggestion): void
  /** Does what the line says; false where it is not a command yet. */
  send(): boolean
  again(key: number): void
  /** Takes one command back, after asking where that is called for. */
  undo(entry: Entry): void
  undoable(entry: Entry): boolean
  drop(): void
}

const endedAgainAfterMs = 30_000
const recommendedAgainAfterMs = 15_000

/** The logic of the command line: what is typed, what it means, what is sent, and what became of it. */
export function useCommandLine(console: DispatchConsole): CommandLine {
  const { t, locale } = useI18n()
  const say = computed<Say>(() => ({ t: (key, values) => t(key, values ?? {}), locale: locale.value === 'en' ? 'en' : 'zh-CN' }))
  const wording = computed(() => ({ withdrawn: t('commandLine.withdrawn'), takenBack: t('commandLine.takenBack') }))
  const text = shallowRef('')
  const caret = shallowRef(0)
  const ended = shallowRef<readonly Incident[]>([])
  const vocabulary = shallowRef(gather())
  const entries = shallowRef<readonly Entry[]>([])
  const question = shallowRef<Question | null>(null)
  const recommended = shallowRef<{ readonly incidentId: string; readonly pairs: readonly RecommendedPair[] } | null>(null)
  const executor = new Executor((list) => (entries.value = list))
  const history = new History(currentUser.value?.id ?? '', localStorage)
  let endedAt = -Infinity
  let recommendedAt = -Infinity

  /** Names are taken when something is typed and not with every change on the feeds, so that nothing moves under the fingers. */
  function gather(): Vocabulary {
    return vocabularyOf({ incidents: console.incidents(), ended: ended.value, pairs: console.pairs(), organisation: console.organisation(), selectedId: console.selectedIncidentId() })
  }

  const parsed = computed(() => parse(text.value, vocabulary.value))
  const concerned = computed(() => (parsed.value.command ? valuesOf(parsed.value.command).incident : incidentSaid()) ?? console.selectedIncidentId())
  const completion = computed(() => complete(text.value.slice(0, caret.value), {
    vocabulary: vocabulary.value, locale: say.value.locale, recommended: recommended.value && recommended.value.incidentId === concerned.value ? recommended.value.pairs : [],
  }))

  function incidentSaid(): string | undefined {
    const { verb, spans } = parsed.value
    const span = spans.find(({ arg }) => verb?.args[arg]?.name === 'incident')
    const command = span && parse(`${text.value.slice(span.start, span.end)}`, vocabulary.value).command
    return command?.kind === 'select' ? command.incident : undefined
  }

  const lastDone = computed(() => entries.value.find((entry) => entry.state === 'done' && !entry.undo && !isUndone(entry, entries.value)))

  function undoingOf(entry: Entry): Undo {
    return undoOf({ command: entry.command, before: entry.before, answer: entry.sendings[0]?.answer }, gather(), wording.value)
  }

  const preview = computed((): { kind: 'does' | 'asks' | 'wrong' | 'needs'; text: string } | null => {
    const { command, problem } = parsed.value
    if (command?.kind === 'undo') return previewUndo()
    if (command) return { kind: 'does', text: sentenceOf(command, vocabulary.value, say.value) }
    if (!problem) return null
    return { kind: problem.code === 'missing' ? 'needs' : 'wrong', text: problemSentence(problem, vocabulary.value, say.value) }
  })

  function previewUndo(): { kind: 'does' | 'asks' | 'wrong'; text: string } {
    const entry = lastDone.value
    if (!entry) return { kind: 'wrong', text: t('commandLine.undoing.nothing') }
    const undo = undoingOf(entry)
    const sentence = undoSentence(undo, entry.command, entry.line, gather(), say.value)
    return undo.possible ? { kind: undo.asks ? 'asks' : 'does', text: t('commandLine.undoSays', { says: sentence }) } : { kind: 'wrong', text: sentence }
  }

  function type(next: string, at = next.length): void {
    text.value = next
    caret.value = at
    question.value = null
    vocabulary.value = gather()
    void renewEnded()
    void renewRecommended()
  }

  function take(suggestion: Suggestion): void {
    const { replaces } = completion.value
    type(applySuggestion(text.value, completion.value, suggestion), replaces.start + suggestion.insert.length + 1)
  }

  async function renewEnded(): Promise<void> {
    const asked = parsed.value.verb?.args.some(({ kind }) => kind === 'incident') || parsed.value.verb?.kind === 'find'
    if (!asked || performance.now() - endedAt < endedAgainAfterMs) return
    endedAt = performance.now()
    try {
      ended.value = (await callApi<{ items: readonly Incident[] }>('/incidents?state=closed&limit=100')).items
      vocabulary.value = gather()
    } catch {
      // Without them only what is on the feeds can be named; the next word asks again.
      endedAt = -Infinity
    }
  }

  async function renewRecommended(): Promise<void> {
    const incidentId = concerned.value
    const asked = parsed.value.verb?.args.some(({ prefer, kind }) => prefer === 'free' && kind !== 'incident')
    if (!asked || incidentId === null || (recommended.value?.incidentId === incidentId && performance.now() - recommendedAt < recommendedAgainAfterMs)) return
    recommendedAt = performance.now()
    recommended.value = { incidentId, pairs: recommended.value?.incidentId === incidentId ? recommended.value.pairs : [] }
    try {
      const { recommendations } = await console.recommendations(incidentId)
      if (recommended.value.incidentId === incidentId) recommended.value = { incidentId, pairs: recommendations }
    } catch {
      // The list stands without an order of who suits best.
      recommendedAt = -Infinity
    }
  }

  watch([() => console.selectedIncidentId(), () => console.organisation()], () => (vocabulary.value = gather()))

  function look(command: Command, line: string, find: () => Promise<readonly AnswerLine[]>): void {
    const { key } = executor.run({ line, command, names: excerptOf(vocabulary.value, command), state: 'pending' }, [])
    find().then((lines) => executor.answer(key, lines), (error: unknown) => executor.fail(key, error))
  }

  function execute(command: Command, line: string): void {
    const names = vocabulary.value
    const now = () => say.value
    switch (command.kind) {
      case 'open': {
        const { category, priority, community, text: summary } = command
        console.openIntake({ ...(category ? { category } : {}), ...(priority ? { priority } : {}), ...(community ? { communityId: community } : {}), ...(summary ? { summary } : {}) })
        return
      }
      case 'select': return console.selectIncident(command.incident)
      case 'find': return find(command, line)
      case 'who': return look(command, line, () => Promise.resolve(whoAnswer(command.pair, names, now)))
      case 'why': return look(command, line, () => whyAnswer(command.incident, command.pair, names, console, now))
      case 'recommend': return look(command, line, () => recommendAnswer(command.incident, names, console, now))
      case 'help': {
        const spec = command.topic && specOfVerb(command.topic)
        return spec ? look(command, line, () => Promise.resolve(helpAnswer(spec, now))) : console.openHelp()
      }
      case 'undo': {
        if (lastDone.value) undo(lastDone.value)
        return
      }
      default: {
        const request = requestOf(command, names, wording.value)
        if (request) executor.run({ line, command, names: excerptOf(names, command), before: beforeOf(command, names) }, [request])
      }
    }
  }

  function find(command: Command & { readonly kind: 'find' }, line: string): void {
    const lines = findAnswer(command.text, vocabulary.value, () => say.value)
    const [only] = lines
    if (lines.length === 1 && only?.incidentId) console.selectIncident(only.incidentId)
    look(command, line, () => Promise.resolve(lines))
  }

  function send(): boolean {
    if (question.value) {
      const { confirm } = question.value
      question.value = null
      confirm()
      return true
    }
    vocabulary.value = gather()
    const { command } = parsed.value
    if (!command || (command.kind === 'undo' && preview.value?.kind === 'wrong')) return false
    const line = text.value.trim()
    history.add(line, parsed.value)
    type('')
    execute(command, line)
    return true
  }

  function undo(entry: Entry): void {
    const plan = undoingOf(entry)
    if (!plan.possible) return
    const names = gather()
    const confirm = (): void => {
      executor.run({ line: entry.line, command: entry.command, undo: plan, undoes: entry.key, names: excerptOf(names, entry.command) }, plan.requests)
    }
    if (plan.asks) question.value = { text: t('commandLine.undoSays', { says: undoSentence(plan, entry.command, entry.line, names, say.value) }), confirm }
    else confirm()
  }

  return {
    text, parsed, completion, preview, vocabulary, entries, question, say, history, type, take, send, undo,
    again: (key) => executor.again(key),
    undoable: (entry) => entry.state === 'done' && !entry.undo && !isUndone(entry, entries.value) && undoingOf(entry).possible,
    drop: () => (question.value = null),
  }
}
