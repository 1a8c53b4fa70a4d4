import type { PhoneDatabase } from '../device/phoneDatabase'
import type { OutboxStore } from './outbox'
import { byPlace, type QueuedCommand, type Outcome } from './queuedCommand'

/** So many that were sent stay to be looked at. */
const mostSent = 20

function after(command: QueuedCommand, outcome: Outcome, at: number): QueuedCommand {
  switch (outcome.kind) {
    // What was said is the server's now; the phone keeps no words that it does not need.
    case 'sent': return { ...command, state: 'sent', body: null, endedAt: at }
    case 'refused': return { ...command, state: 'refused', refusal: outcome.refusal, endedAt: at }
    case 'failed': return { ...command, failures: command.failures + 1 }
    default: return command
  }
}

/** The queue in IndexedDB. */
export function outboxStoreIn(database: PhoneDatabase): OutboxStore {
  return {
    async add(command) {
      const work = database.transaction('outbox', 'readwrite')
      const there = await work.store.getAll()
      if (!there.some(({ id }) => id === command.id)) {
        const order = Math.max(0, ...there.map((x) => x.order)) + 1
        await work.store.put({ ...command, order, state: 'waiting', failures: 0, endedAt: null, refusal: null })
        const sent = there.filter(({ state }) => state === 'sent').sort((a, b) => b.order - a.order)
        // The newest place must stay known, or the next would come before it.
        for (const old of sent.slice(mostSent)) await work.store.delete(old.id)
      }
      await work.done
    },
    async all() {
      return (await database.getAll('outbox')).sort(byPlace)
    },
    async change(id, outcome, at) {
      const work = database.transaction('outbox', 'readwrite')
      const command = await work.store.get(id)
      if (command?.state === 'waiting') await work.store.put(after(command, outcome, at))
      await work.done
    },
    async remove(id) {
      await database.delete('outbox', id)
    },
  }
}
