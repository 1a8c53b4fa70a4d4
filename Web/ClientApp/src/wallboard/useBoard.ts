import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import { serverNow } from '../clock/serverClock'
import type { Incident } from '../incidents/incident'
import type { FeedConnection } from '../live/feedConnection'
import type { Pair, PairPosition } from '../pairs/pair'
import { addEvents, incidentEvents, pairEvents, type BoardEvent } from './boardEvent'
import type { StationSummary } from './figures'

const tickerLimit = 30

/** All that the wall shows, put together from the feeds of its stations; renewed at most once per frame. */
export interface Board {
  readonly incidents: Readonly<ShallowRef<readonly Incident[]>>
  readonly pairs: Readonly<ShallowRef<readonly Pair[]>>
  readonly summaries: Readonly<ShallowRef<readonly StationSummary[]>>
  readonly positions: Readonly<ShallowRef<ReadonlyMap<string, PairPosition>>>
  readonly events: Readonly<ShallowRef<readonly BoardEvent[]>>
}

type Entries = ReadonlyMap<string, unknown>

/** The events between two states of a station feed. The first state of all is where the board begins, not news. */
function eventsBetween(before: Entries | undefined, after: Entries): BoardEvent[] {
  if (!before) return []
  const now = serverNow()
  const events: BoardEvent[] = []
  for (const [key, value] of after) {
    const was = before.get(key)
    if (was === value) continue
    if (key.startsWith('incident/')) events.push(...incidentEvents(was as Incident | undefined, value as Incident, now))
    if (key.startsWith('pair/')) events.push(...pairEvents(was as Pair | undefined, value as Pair, now))
  }
  return events
}

export function useBoard(connection: FeedConnection, stationIds: readonly string[]): Board {
  const incidents = shallowRef<readonly Incident[]>([])
  const pairs = shallowRef<readonly Pair[]>([])
  const summaries = shallowRef<readonly StationSummary[]>([])
  const positions = shallowRef<ReadonlyMap<string, PairPosition>>(new Map())
  const events = shallowRef<readonly BoardEvent[]>([])

  const stationFeeds = stationIds.map((id) => `station/${id}`)
  const positionFeeds = stationIds.map((id) => `station/${id}/positions`)
  const shown = new Map<string, Entries>()

  function renewStations(changed: readonly string[]): void {
    for (const feed of changed) {
      const entries = connection.entries(feed)
      events.value = addEvents(events.value, eventsBetween(shown.get(feed), entries), tickerLimit)
      // A station always has something; one that was dropped begins anew when it comes back.
      if (entries.size > 0) shown.set(feed, entries)
      else shown.delete(feed)
    }
    // By id: something that moves from one station to another is for a moment in both feeds.
    const incidentsById = new Map<string, Incident>()
    const pairsById = new Map<string, Pair>()
    const nextSummaries: StationSummary[] = []
    for (const feed of stationFeeds) {
      for (const [key, value] of connection.entries(feed)) {
        if (key === 'summary') nextSummaries.push(value as StationSummary)
        else if (key.startsWith('incident/')) keepNewest(incidentsById, value as Incident)
        else if (key.startsWith('pair/')) keepNewest(pairsById, value as Pair)
      }
    }
    incidents.value = [...incidentsById.values()]
    pairs.value = [...pairsById.values()]
    summaries.value = nextSummaries
  }

  function renewPositions(): void {
    const next = new Map<string, PairPosition>()
    for (const feed of positionFeeds) {
      for (const [key, value] of connection.entries(feed)) next.set(key.slice('pair/'.length), value as PairPosition)
    }
    positions.value = next
  }

  const stop = connection.onFrame((changed) => {
    const stations = stationFeeds.filter((feed) => changed.has(feed))
    if (stations.length > 0) renewStations(stations)
    if (positionFeeds.some((feed) => changed.has(feed))) renewPositions()
  })
  const leave = [...stationFeeds, ...positionFeeds].map((feed) => connection.watch(feed))
  onUnmounted(() => {
    stop()
    leave.forEach((unwatch) => unwatch())
  })

  return { incidents, pairs, summaries, positions, events }
}

function keepNewest<T extends { readonly id: string; readonly version: number }>(byId: Map<string, T>, value: T): void {
  const known = byId.get(value.id)
  if (!known || value.version > known.version) byId.set(value.id, value)
}
