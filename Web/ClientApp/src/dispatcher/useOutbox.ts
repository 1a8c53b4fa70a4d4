import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { newCommandId, sendCommand } from '../api/command'
import { useProblemText } from '../api/useProblemText'
import { notify, type Notice } from '../controls/notices'
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
}

export interface Outbox {
  readonly pending: Readonly<ShallowRef<readonly PendingCommand[]>>
  /** Sends until the outcome is known; null where it was refused or given up, and the notice has said so. */
  send<T = unknown>(label: string, request: ActionRequest, options?: SendOptions): Promise<T | null>
}

/** A desk does not forget what was decided because a line is down: a command is repeated for as long as the page is open, or until somebody gives it up. */
const withinMs = 24 * 60 * 60_000

export function useOutbox(): Outbox {
  const { t } = useI18n()
  const problemText = useProblemText()
  const pending = shallowRef<readonly PendingCommand[]>([])
  const leaving = new AbortController()
  onUnmounted(() => leaving.abort())

  async function send<T>(label: string, request: ActionRequest, options: SendOptions = {}): Promise<T | null> {
    const id = options.commandId ?? newCommandId()
    const stopped = new AbortController()
    pending.value = [...pending.value.filter((one) => one.id !== id), { id, label, since: Date.now(), giveUp: () => stopped.abort() }]
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
    }
  }
  return { pending, send }
}
