import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { newCommandId, sendCommand } from '../api/command'
import { useProblemText } from '../api/useProblemText'
import { notify, type Notice } from '../controls/notices'
import { DraftStore } from './draftStore'
import type { ActionRequest } from './incidentAction'

/** A command whose outcome is not known yet. */
export interface PendingCommand {
  readonly id: string
  /** What it does, in words. */
  readonly label: string
  readonly since: number
  readonly giveUp: () => void
}

export interface SendOptions {
  readonly commandId?: string
  /** What the notice offers once it is done, usually to take it back. */
  readonly then?: Notice['action']
  /** Nothing is said when it was done: the page shows it anyway. */
  readonly silent?: boolean
  /** What to do with a refusal instead of saying it; true where that was done. */
  readonly onRefusal?: (error: unknown) => boolean
  /** Whoever sends it keeps it over a reload himself, as half-written text is kept. */
  readonly isKept?: boolean
}

/** A command as it outlives the page. */
interface KeptCommand {
  readonly id: string
  readonly label: string
  readonly request: ActionRequest
  readonly since: number
}

export interface Outbox {
  readonly pending: Readonly<ShallowRef<readonly PendingCommand[]>>
  /** Sends until the outcome is known; null where it was refused or given up, and the notice has said so. */
  send<T = unknown>(label: string, request: ActionRequest, options?: SendOptions): Promise<T | null>
}

/**
 * A desk does not forget what was decided because a line is down: a command is repeated under its id for as long as its tab is open, over reloads too, or until somebody
 * gives it up.
 */
const withinMs = 24 * 60 * 60_000

export function useOutbox(): Outbox {
  const { t } = useI18n()
  const problemText = useProblemText()
  const pending = shallowRef<readonly PendingCommand[]>([])
  const leaving = new AbortController()
  onUnmounted(() => leaving.abort())
  // Of this tab alone: another desk of the same person has commands of its own.
  const shelf = new DraftStore<readonly KeptCommand[]>('outbox', sessionStorage)
  const kept = (): readonly KeptCommand[] => shelf.load('') ?? []

  function keep(command: KeptCommand): void {
    shelf.save('', [...kept().filter(({ id }) => id !== command.id), command])
  }

  function forget(id: string): void {
    shelf.save('', kept().filter((one) => one.id !== id))
  }

  async function send<T>(label: string, request: ActionRequest, options: SendOptions = {}, since = Date.now()): Promise<T | null> {
    const id = options.commandId ?? newCommandId()
    const stopped = new AbortController()
    pending.value = [...pending.value.filter((one) => one.id !== id), { id, label, since, giveUp: () => stopped.abort() }]
    if (!options.isKept) keep({ id, label, request, since })
    try {
      const answer = await sendCommand<T>(request.path, request.body, { commandId: id, withinMs, signal: AbortSignal.any([stopped.signal, leaving.signal]) })
      if (!options.silent) notify('done', t('dispatcher.outbox.done', { what: label }), options.then)
      return answer
    } catch (error) {
      if (leaving.signal.aborted) return null
      if (stopped.signal.aborted) notify('warning', t('dispatcher.outbox.givenUp', { what: label }))
      else if (!options.onRefusal?.(error)) notify('refused', t('dispatcher.outbox.refused', { what: label, why: problemText(error) }))
      return null
    } finally {
      pending.value = pending.value.filter((one) => one.id !== id)
      // What was under way when the page was left is sent again by the next.
      if (!leaving.signal.aborted) forget(id)
    }
  }
  for (const { id, label, request, since } of kept()) void send(label, request, { commandId: id }, since)
  return { pending, send }
}
