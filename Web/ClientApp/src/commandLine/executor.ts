import { newCommandId, sendCommand } from '../api/command'
import { isPassing } from '../api/untilReached'
import { serverNow } from '../clock/serverClock'
import type { Command } from './command'
import type { Request } from './request'
import type { Before, Undo } from './undo'
import type { Vocabulary } from './vocabulary'

/** What became of a command. `unknown`: the server did not answer, so it may have been done. `info`: it only looked. */
export type EntryState = 'pending' | 'done' | 'refused' | 'unknown' | 'info'

/** A line of an answer. Its words are made when it is shown, in the language of the screen. */
export interface AnswerLine {
  readonly text: () => string
  readonly incidentId?: string
}

/** One call of the API with the id that every repeat of it carries. */
export interface Sending extends Request {
  readonly commandId: string
  readonly answered: boolean
  readonly answer: unknown
}

export interface Entry {
  readonly key: number
  /** As it was typed. */
  readonly line: string
  readonly command: Command
  /** What was undone, where it is an undoing. */
  readonly undo: (Undo & { readonly possible: true }) | null
  /** Names of what it is about, as they were then. */
  readonly names: Vocabulary
  readonly before: Before
  readonly at: number
  readonly state: EntryState
  readonly sendings: readonly Sending[]
  readonly error: unknown
  readonly lines: readonly AnswerLine[]
  /** Key of the entry that it takes back. */
  readonly undoes: number | null
}

export type NewEntry = Pick<Entry, 'line' | 'command' | 'names'> & Partial<Pick<Entry, 'undo' | 'undoes' | 'before' | 'lines' | 'state'>>

const mostEntries = 30

/** Whether a command was taken back, or is being taken back, or may have been. */
export function isUndone(entry: Entry, entries: readonly Entry[]): boolean {
  return entries.some(({ undoes, state }) => undoes === entry.key && state !== 'refused')
}

/** Sends commands, keeps the last of them with what became of each, and sends one again under its own id. */
export class Executor {
  private list: readonly Entry[] = []
  private nextKey = 1

  constructor(private readonly changed: (entries: readonly Entry[]) => void, private readonly send: typeof sendCommand = sendCommand) {}

  /** Newest first. */
  get entries(): readonly Entry[] {
    return this.list
  }

  /** Adds an entry and sends what it asks for. */
  run(entry: NewEntry, requests: readonly Request[]): Entry {
    const sendings = requests.map((request) => ({ ...request, commandId: newCommandId(), answered: false, answer: undefined }))
    const added: Entry = {
      undo: null, undoes: null, before: {}, lines: [], state: requests.length > 0 ? 'pending' : 'info', ...entry,
      key: this.nextKey++, at: serverNow(), sendings, error: null,
    }
    this.keep([added, ...this.list].slice(0, mostEntries))
    if (sendings.length > 0) void this.sendRest(added.key)
    return added
  }

  /** Sends what has no answer yet once more, under the same ids: what was done already is not done twice. */
  again(key: number): void {
    const entry = this.find(key)
    if (!entry || (entry.state !== 'refused' && entry.state !== 'unknown')) return
    this.change(key, { state: 'pending', error: null })
    void this.sendRest(key)
  }

  /** What was looked for is there. */
  answer(key: number, lines: readonly AnswerLine[]): void {
    this.change(key, { lines, state: 'info' })
  }

  fail(key: number, error: unknown): void {
    this.change(key, { state: 'refused', error })
  }

  find(key: number): Entry | undefined {
    return this.list.find((entry) => entry.key === key)
  }

  private async sendRest(key: number): Promise<void> {
    try {
      for (const { commandId, path, body, answered } of this.find(key)?.sendings ?? []) {
        if (answered) continue
        const answer = await this.send(path, body, { commandId })
        this.change(key, { sendings: this.find(key)?.sendings.map((x) => (x.commandId === commandId ? { ...x, answered: true, answer } : x)) ?? [] })
      }
      this.change(key, { state: 'done' })
    } catch (error) {
      this.change(key, { state: isPassing(error) ? 'unknown' : 'refused', error })
    }
  }

  private change(key: number, change: Partial<Entry>): void {
    this.keep(this.list.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)))
  }

  private keep(entries: readonly Entry[]): void {
    this.list = entries
    this.changed(entries)
  }
}
