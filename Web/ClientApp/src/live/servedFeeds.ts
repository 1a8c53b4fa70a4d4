import { DeltaWriter, isOfPlaces, type FeedDelta } from './feedDelta'
import { PlaceRoom } from './packedPlaces'
import type { FromFeeds, ToFeeds } from './feedPort'
import type { FeedEvents, Feeds } from './feeds'

/** Places of all stations are told together, so often at most; marks glide from one to the next anyway. */
const placesEveryMs = 250
/** Anything that came in is told so often at most. */
const heardEveryMs = 500

interface Watch {
  readonly feed: string
  readonly writer: DeltaWriter
  readonly leave: () => void
}

/**
 * The worker's side: has the feeds, and tells the page what changed in them. Returns what takes the page's messages; `over` is called when the page has
 * closed its feeds.
 */
export function serveFeeds(connect: (events: FeedEvents) => Feeds, tell: (message: FromFeeds, transfer: ArrayBuffer[]) => void, over: () => void): (message: ToFeeds) => void {
  const watches = new Map<number, Watch>()
  const idOf = new Map<string, number>()
  const placesDue = new Set<string>()
  let placesTimer: ReturnType<typeof setTimeout> | undefined
  let heardAt = -Infinity
  let seen = 0
  let spare: ArrayBuffer | null = null

  const feeds = connect({
    onHeard() {
      const now = performance.now()
      if (now - heardAt < heardEveryMs) return
      heardAt = now
      tell({ kind: 'heard' }, [])
    },
    onUnauthorised: () => tell({ kind: 'unauthorised' }, []),
  })

  function tellChanges(names: readonly string[]): void {
    const places = names.reduce((sum, name) => sum + (isOfPlaces(name) ? feeds.entries(name).size : 0), 0)
    const room = new PlaceRoom(places, spare)
    const deltas: { id: number; delta: FeedDelta }[] = []
    for (const name of names) {
      const id = idOf.get(name)
      const watch = id === undefined ? undefined : watches.get(id)
      if (id === undefined || !watch) continue
      deltas.push({ id, delta: watch.writer.write(feeds.entries(name), room) })
    }
    if (deltas.length === 0) return
    const handed = deltas.some(({ delta }) => delta.places) ? room.buffer : null
    if (handed) spare = null
    tell({ kind: 'frame', deltas, room: handed }, handed ? [handed] : [])
  }

  function tellPlaces(): void {
    placesTimer = undefined
    const due = [...placesDue]
    placesDue.clear()
    tellChanges(due)
  }

  const tellHealth = () => tell({ kind: 'health', health: feeds.health, seen }, [])
  feeds.onHealth(tellHealth)
  feeds.onFrame((changed) => {
    const now: string[] = []
    for (const name of changed) {
      if (isOfPlaces(name)) placesDue.add(name)
      else now.push(name)
    }
    if (placesDue.size > 0) placesTimer ??= setTimeout(tellPlaces, placesEveryMs)
    tellChanges(now)
  })

  return (message) => {
    if (message.kind === 'open') void feeds.open()
    if (message.kind === 'room') spare = message.room
    if (message.kind === 'close') {
      clearTimeout(placesTimer)
      void feeds.close().finally(over)
    }
    if (message.kind === 'watch') {
      const { id, feed } = message
      seen = id
      watches.set(id, { feed, writer: new DeltaWriter(feed), leave: feeds.watch(feed) })
      idOf.set(feed, id)
      tellHealth()
    }
    if (message.kind === 'unwatch') {
      const watch = watches.get(message.id)
      if (!watch) return
      watches.delete(message.id)
      if (idOf.get(watch.feed) === message.id) idOf.delete(watch.feed)
      watch.leave()
    }
  }
}
