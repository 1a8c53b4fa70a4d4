import { backoffDelay } from '../../live/backoff'
import { headOf, type Decided, type Outcome, type QueuedCommand } from './queuedCommand'

/** Where the queue is kept: whatever is in it survives the page. Each call is one transaction. */
export interface OutboxStore {
  /** Puts a command at the end; one whose id is there already is left alone. */
  add(command: Decided): Promise<void>
  all(): Promise<QueuedCommand[]>
  /** Writes what became of a waiting command; one that is not there, or not waiting, is left alone. */
  change(id: string, outcome: Outcome, at: number): Promise<void>
  remove(id: string): Promise<void>
}

export interface OutboxOptions {
  readonly store: OutboxStore
  readonly send: (command: QueuedCommand, signal: AbortSignal) => Promise<Outcome>
  /** Runs it while nobody else on this device does: the tabs of a phone share a queue. */
  readonly exclusively: (run: () => Promise<void>) => Promise<void>
  readonly now: () => number
  /** The queue is another now. */
  readonly onChange?: () => void
  readonly onEnded?: (command: QueuedCommand, outcome: Outcome) => void
  readonly later?: (run: () => void, ms: number) => unknown
}

/** So often an answer that says nothing is waited out; then the command makes room for those behind it. */
export const mostFailures = 8

const retryBackoff = { firstMs: 1_000, maxMs: 15_000 }

/**
 * The commands of a phone, in a line: each is sent, with its own id, until its outcome is known, and only then the next. One that the server refuses is put aside with the
 * reason and holds nobody up. A page that dies in the middle leaves a waiting command behind, which the next page sends again under the same id; the server does it once.
 */
export class Outbox {
  private running: Promise<void> | null = null
  private again = false
  private tries = 0
  private current: { readonly urgent: boolean; readonly abort: AbortController } | null = null
  private ended = false

  constructor(private readonly options: OutboxOptions) {}

  /** Returns once the command is kept; it is sent after that. */
  async add(command: Decided): Promise<void> {
    await this.options.store.add(command)
    this.options.onChange?.()
    // Whatever is on its way is sent again afterwards, under its own id.
    if (command.kind === 'panic' && this.current && !this.current.urgent) this.current.abort.abort()
    this.kick()
  }

  /** Tries now: there is a line again, or somebody looks. */
  kick(): void {
    this.tries = 0
    void this.run()
  }

  /** Takes a command out that was not sent, or that is over. Waits for a try that is under way, which may still end it. */
  async discard(id: string): Promise<void> {
    await this.options.exclusively(() => this.options.store.remove(id))
    this.options.onChange?.()
  }

  /** Sends nothing more; what is on its way stays in the queue. */
  stop(): void {
    this.ended = true
    this.current?.abort.abort()
  }

  run(): Promise<void> {
    if (this.ended) return Promise.resolve()
    if (this.running) {
      this.again = true
      return this.running
    }
    this.running = this.options.exclusively(() => this.drain()).finally(() => {
      this.running = null
      if (!this.again) return
      this.again = false
      void this.run()
    })
    return this.running
  }

  private async drain(): Promise<void> {
    while (!this.ended) {
      const next = headOf(await this.options.store.all())
      if (!next) return
      const abort = new AbortController()
      this.current = { urgent: next.kind === 'panic', abort }
      const outcome = await this.options.send(next, abort.signal)
      this.current = null
      if (this.ended) return
      if (abort.signal.aborted && outcome.kind === 'unreached') continue
      const settled = this.settle(next, outcome)
      await this.options.store.change(next.id, settled, this.options.now())
      this.options.onChange?.()
      if (settled.kind === 'sent' || settled.kind === 'refused') {
        this.tries = 0
        this.options.onEnded?.(next, settled)
        continue
      }
      if (settled.kind !== 'signedOut') this.retryLater()
      return
    }
  }

  private settle(command: QueuedCommand, outcome: Outcome): Outcome {
    return outcome.kind === 'failed' && command.failures + 1 >= mostFailures
      ? { kind: 'refused', refusal: { status: 503, code: 'unknownOutcome', detail: null } }
      : outcome
  }

  private retryLater(): void {
    const later = this.options.later ?? ((run, ms) => setTimeout(run, ms))
    later(() => void this.run(), backoffDelay(this.tries++, retryBackoff))
  }
}
