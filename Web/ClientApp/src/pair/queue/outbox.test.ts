import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { deletePhoneDatabase, openPhoneDatabase, type PhoneDatabase } from '../device/phoneDatabase'
import { mostFailures, Outbox, type OutboxStore } from './outbox'
import { outboxStoreIn } from './outboxStore'
import type { CommandKind, Decided, Outcome, QueuedCommand } from './queuedCommand'

const opened: { database: PhoneDatabase; name: string }[] = []
let names = 0

async function freshDatabase(): Promise<PhoneDatabase> {
  const name = `phone-${names++}`
  const database = await openPhoneDatabase(name)
  opened.push({ database, name })
  return database
}

afterEach(async () => {
  for (const { database, name } of opened.splice(0)) {
    database.close()
    await deletePhoneDatabase(name)
  }
})

/** Repeatable chance. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function decided(id: string, kind: CommandKind = 'note', body: unknown = { text: id }): Decided {
  return { id, kind, subject: 'i1', detail: null, path: '/incidents/i1/notes', body, at: 1 }
}

/** What the lock of a browser does: one at a time, in order of asking; a page that died lets go. */
class Locks {
  private tail: Promise<void> = Promise.resolve()
  readonly exclusively = (run: () => Promise<void>): Promise<void> => {
    const turn = this.tail.then(run)
    this.tail = turn.catch(() => {})
    return turn
  }
}

/** A server that does a command once by its id, and a line to it that loses questions and answers. */
class Server {
  readonly done: string[] = []
  readonly refused: string[] = []
  readonly received: string[] = []
  constructor(private readonly random: () => number, private readonly faults: number) {}

  async receive(command: QueuedCommand): Promise<Outcome> {
    await Promise.resolve()
    if (this.random() < this.faults) return { kind: 'unreached' }
    this.received.push(command.id)
    if (command.id.startsWith('bad')) {
      if (!this.refused.includes(command.id)) this.refused.push(command.id)
      return { kind: 'refused', refusal: { status: 409, code: 'statusOutOfOrder', detail: null } }
    }
    if (!this.done.includes(command.id)) this.done.push(command.id)
    return this.random() < this.faults ? { kind: 'unreached' } : { kind: 'sent' }
  }
}

class Killed extends Error {}

/** A page that dies at its `steps`-th access to what lies outside it, whatever it is doing. */
function page(store: OutboxStore, server: Server, locks: Locks, steps: number): { outbox: Outbox; alive: () => boolean } {
  let left = steps
  const dying = <T>(run: () => Promise<T>): Promise<T> => {
    if (left-- <= 0) return Promise.reject(new Killed())
    return run()
  }
  const outbox = new Outbox({
    store: {
      add: (command) => dying(() => store.add(command)),
      all: () => dying(() => store.all()),
      change: (id, outcome, at) => dying(() => store.change(id, outcome, at)),
      remove: (id) => dying(() => store.remove(id)),
    },
    send: (command) => dying(() => server.receive(command)),
    exclusively: (run) => locks.exclusively(run).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error
    }),
    now: () => 7,
    later: () => undefined,
  })
  return { outbox, alive: () => left > 0 }
}

describe('Outbox', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('does everything once and in order, whatever fails and whenever it dies (%i)', async (seed) => {
    const random = chance(seed)
    const store = outboxStoreIn(await freshDatabase())
    const server = new Server(random, random() * 0.6)
    const locks = new Locks()
    const added: string[] = []
    let { outbox, alive } = page(store, server, locks, 3 + Math.floor(random() * 12))
    for (let n = 0; n < 12; n++) {
      if (!alive()) ({ outbox, alive } = page(store, server, locks, 3 + Math.floor(random() * 25)))
      const id = `${random() < 0.25 ? 'bad' : 'ok'}-${n}`
      try {
        await outbox.add(decided(id))
        added.push(id)
      } catch (error) {
        if (!(error instanceof Killed)) throw error
      }
      if (random() < 0.5) await outbox.run()
    }
    for (let tries = 0; tries < 500 && (await store.all()).some(({ state }) => state === 'waiting'); tries++) {
      ({ outbox, alive } = page(store, server, locks, 1 + Math.floor(random() * 40)))
      await outbox.run()
    }

    const kept = await store.all()
    expect(kept.map(({ id }) => id)).toEqual(added)
    expect(server.done).toEqual(added.filter((id) => id.startsWith('ok')))
    expect(server.refused).toEqual(added.filter((id) => id.startsWith('bad')))
    expect(kept.filter(({ state }) => state === 'sent').map(({ id }) => id)).toEqual(server.done)
    expect(kept.filter(({ state }) => state === 'refused').every(({ refusal }) => refusal?.code === 'statusOutOfOrder')).toBe(true)
    // Nothing overtakes: when a command is tried for the first time, all before it are over.
    const firstTries = [...new Set(server.received)]
    expect(firstTries).toEqual(added)
  })

  it('sends nothing twice from two pages that begin at once', async () => {
    const store = outboxStoreIn(await freshDatabase())
    const server = new Server(chance(1), 0)
    const locks = new Locks()
    const pages = [page(store, server, locks, 1_000), page(store, server, locks, 1_000)]
    for (let n = 0; n < 10; n++) await store.add(decided(`ok-${n}`))
    await Promise.all(pages.map(({ outbox }) => outbox.run()))
    expect(server.received).toEqual(Array.from({ length: 10 }, (_, n) => `ok-${n}`))
  })

  it('keeps a decision once, though it is given twice', async () => {
    const store = outboxStoreIn(await freshDatabase())
    await store.add(decided('a'))
    await store.add({ ...decided('a'), body: { text: 'other' } })
    expect((await store.all()).map(({ body }) => body)).toEqual([{ text: 'a' }])
  })

  it('keeps the words of what was refused, and none of what was sent', async () => {
    const store = outboxStoreIn(await freshDatabase())
    await store.add(decided('ok-1'))
    await store.add(decided('bad-1'))
    await page(store, new Server(chance(1), 0), new Locks(), 1_000).outbox.run()
    expect((await store.all()).map(({ body }) => body)).toEqual([null, { text: 'bad-1' }])
  })

  it('lets a call for help overtake, and break off what is on its way', async () => {
    const store = outboxStoreIn(await freshDatabase())
    const tried: string[] = []
    let onSending = (): void => {}
    const sending = new Promise<void>((resolve) => (onSending = resolve))
    const outbox = new Outbox({
      store,
      send: (command, signal) => {
        tried.push(command.id)
        if (tried.length > 1) return Promise.resolve({ kind: 'sent' })
        onSending()
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'unreached' })))
      },
      exclusively: (run) => run(),
      now: () => 7,
    })
    await outbox.add(decided('a'))
    await outbox.add(decided('b'))
    await sending
    await outbox.add(decided('help', 'panic'))
    await outbox.run()
    while (tried.length < 4) await outbox.run()
    expect(tried).toEqual(['a', 'help', 'a', 'b'])
  })

  it('does not let an answer that says nothing hold up the line for ever', async () => {
    const store = outboxStoreIn(await freshDatabase())
    await store.add(decided('poison'))
    await store.add(decided('next'))
    const outbox = new Outbox({
      store,
      send: ({ id }) => Promise.resolve({ kind: id === 'poison' ? 'failed' : 'sent' }),
      exclusively: (run) => run(),
      now: () => 7,
      later: () => undefined,
    })
    for (let tries = 0; tries < mostFailures; tries++) await outbox.run()
    expect((await store.all()).map(({ id, state, refusal }) => [id, state, refusal?.code])).toEqual([
      ['poison', 'refused', 'unknownOutcome'], ['next', 'sent', undefined],
    ])
  })

  it('waits while nobody is signed in, and is not refused for it', async () => {
    const store = outboxStoreIn(await freshDatabase())
    await store.add(decided('a'))
    const asked: number[] = []
    const outbox = new Outbox({
      store, send: () => Promise.resolve({ kind: 'signedOut' }), exclusively: (run) => run(), now: () => 7, later: (_, ms) => asked.push(ms),
    })
    await outbox.run()
    expect((await store.all())[0]?.state).toBe('waiting')
    expect(asked).toEqual([])
  })

  it('does not send what was taken out', async () => {
    const store = outboxStoreIn(await freshDatabase())
    const server = new Server(chance(1), 0)
    await store.add(decided('ok-1'))
    await store.add(decided('ok-2'))
    const { outbox } = page(store, server, new Locks(), 1_000)
    await outbox.discard('ok-1')
    await outbox.run()
    expect(server.received).toEqual(['ok-2'])
  })
})
