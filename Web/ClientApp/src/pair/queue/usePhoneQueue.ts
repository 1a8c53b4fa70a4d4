import { computed, onUnmounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { newCommandId } from '../../api/command'
import { serverNow } from '../../clock/serverClock'
import type { PhoneDatabase } from '../device/phoneDatabase'
import { Outbox } from './outbox'
import { outboxStoreIn } from './outboxStore'
import type { Decided, Outcome, QueuedCommand } from './queuedCommand'
import { sendQueued } from './sendQueued'

const lockName = 'dispatch-phone-outbox'

export interface PhoneQueue {
  /** Everything that was decided here and is not forgotten, by place. */
  readonly queued: Readonly<ShallowRef<readonly QueuedCommand[]>>
  /** The server does not know who is asking; nothing is sent until somebody signs in. */
  readonly signedOut: Readonly<ShallowRef<boolean>>
  /** Something waits, and the last try to send it had no answer. */
  readonly isStuck: ComputedRef<boolean>
  /** Keeps a decision and sends it; returns once it is kept. With an id where it was decided before. */
  readonly decide: (command: Omit<Decided, 'id' | 'at'>, id?: string) => Promise<void>
  readonly discard: (id: string) => Promise<void>
  readonly kick: () => void
}

/** The queue of this page: one database and one lock for all tabs, which tell each other when it changes. */
export function usePhoneQueue(database: PhoneDatabase, onEnded: (command: QueuedCommand, outcome: Outcome) => void): PhoneQueue {
  const store = outboxStoreIn(database)
  const queued = shallowRef<readonly QueuedCommand[]>([])
  const signedOut = shallowRef(false)
  const unreached = shallowRef(false)
  const others = new BroadcastChannel(lockName)

  async function look(): Promise<void> {
    queued.value = await store.all()
  }
  function changed(): void {
    void look()
    others.postMessage('changed')
  }
  others.onmessage = () => void look()

  const outbox = new Outbox({
    store,
    send: async (command, signal) => {
      const outcome = await sendQueued(command, signal)
      signedOut.value = outcome.kind === 'signedOut'
      if (!signal.aborted) unreached.value = outcome.kind === 'unreached'
      return outcome
    },
    exclusively: (run) => navigator.locks.request(lockName, run),
    now: serverNow,
    onChange: changed,
    onEnded,
  })

  function kick(): void {
    outbox.kick()
  }
  function kickWhenSeen(): void {
    if (document.visibilityState === 'visible') kick()
  }
  window.addEventListener('online', kick)
  document.addEventListener('visibilitychange', kickWhenSeen)
  void look().then(kick)
  onUnmounted(() => {
    window.removeEventListener('online', kick)
    document.removeEventListener('visibilitychange', kickWhenSeen)
    outbox.stop()
    others.close()
  })

  return {
    queued,
    signedOut,
    isStuck: computed(() => unreached.value && queued.value.some(({ state }) => state === 'waiting')),
    decide: (command, id = newCommandId()) => outbox.add({ ...command, id, at: serverNow() }),
    discard: (id) => outbox.discard(id),
    kick,
  }
}
