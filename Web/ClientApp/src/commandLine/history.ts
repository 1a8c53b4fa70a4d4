import type { Parsed } from './parse'

const most = 200
const storageKey = (account: string) => `dispatch.commandLine.history.${account}`

/** A line without the sender's own words, which may name somebody: those stay on the screen and go with it. */
export function withoutFreeWords(line: string, { verb, spans }: Parsed): string {
  const free = spans.find(({ arg }) => verb?.args[arg]?.kind === 'text')
  return (free ? line.slice(0, free.start) : line).trim()
}

/** The lines that an account sent, oldest first: with their free words for as long as the page is open, without them in the browser. */
export class History {
  private lines: string[] = []
  private stored: string[] = []

  constructor(private readonly account: string, private readonly storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.stored = this.read()
    this.lines = [...this.stored]
  }

  get all(): readonly string[] {
    return this.lines
  }

  add(line: string, parsed: Parsed): void {
    this.lines = appended(this.lines, line.trim())
    if (parsed.command) this.stored = appended(this.stored, withoutFreeWords(line, parsed))
    try {
      this.storage.setItem(storageKey(this.account), JSON.stringify(this.stored))
    } catch {
      // A full or forbidden storage only means that the next page does not know of it.
    }
  }

  /** Newest first, each once. */
  search(text: string): string[] {
    const wanted = text.trim().toLowerCase()
    return [...new Set([...this.lines].reverse())].filter((line) => line.toLowerCase().includes(wanted))
  }

  private read(): string[] {
    try {
      const parsed: unknown = JSON.parse(this.storage.getItem(storageKey(this.account)) ?? '[]')
      return Array.isArray(parsed) ? parsed.filter((line): line is string => typeof line === 'string').slice(-most) : []
    } catch {
      return []
    }
  }
}

function appended(lines: readonly string[], line: string): string[] {
  return line === '' || lines[lines.length - 1] === line ? [...lines] : [...lines, line].slice(-most)
}
