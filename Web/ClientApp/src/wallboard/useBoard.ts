import { onUnmounted, shallowRef, type ShallowRef } from 'vue'
import { serverNow } from '../clock/serverClock'
import type { Incident } from '../incidents/incident'
import type { Feeds } from '../live/feeds'
import type { Pair, PairPosition } from '../pairs/pair'
import { addEvents, incidentEvents, pairEvents, type BoardEvent } from './boardEvent'
import type { StationSummary } from './figures'
import { FeedPlaces } from './feedPlaces'
import { MergedFeeds } from './mergedFeeds'

const tickerLimit = 30

/** All that the wall shows, put together from the feeds of its stations; renewed at most as often as its feeds tell. */
export interface Board {
  readonly incidents: Readonly<ShallowRef<readonly Incident[]>>
  readonly pairs: Readonly<ShallowRef<readonly Pair[]>>
  readonly summaries: Readonly<ShallowRef<readonly StationSummary[]>>
  readonly positions: Readonly<ShallowRef<ReadonlyMap<string, PairPosition>>>
  readonly events: Readonly<ShallowRef<readonly BoardEvent[]>>
}

export function useBoard(connection: Feeds, stationIds: readonly string[]): Board {
  const incidents = shallowRef<readonly Incident[]>([])
  const pairs = shallowRef<readonly Pair[]>([])
  const summaries = shallowRef<readonly StationSummary[]>([])
  const positions = shallowRef<ReadonlyMap<string, PairPosition>>(new Map())
  const events = shallowRef<readonly BoardEvent[]>([])

  const stationFeeds = stationIds.map((id) => `station/${id}`)
  const positionFeeds = stationIds.map((id) => `station/${id}/positions`)
  const merged = new MergedFeeds()
  const places = new FeedPlaces()

  function renewStations(changed: readonly string[]): void {
    const now = serverNow()
    const news: BoardEvent[] = []
    const touched = { incident: false, pair: false, summary: false }
    for (const feed of changed) {
      for (const { kind, before, after, first } of merged.renew(feed, connection.entries(feed))) {
        if (kind === 'incident' || kind === 'pair' || kind === 'summary') touched[kind] = true
        // The first state of all is where the board begins, not news.
        if (first || after === undefined) continue
        if (kind === 'incident') news.push(...incidentEvents(before as Incident | undefined, after as Incident, now))
        if (kind === 'pair') news.push(...pairEvents(before as Pair | undefined, after as Pair, now))
      }
    }
    events.value = addEvents(events.value, news, tickerLimit)
    if (touched.incident) incidents.value = merged.all<Incident>('incident')
    if (touched.pair) pairs.value = merged.all<Pair>('pair')
    if (touched.summary) {
      summaries.value = stationFeeds.flatMap((feed) => (connection.entries(feed).get('summary') as StationSummary | undefined) ?? [])
    }
  }

  const stop = connection.onFrame((changed) => {
    const stations = stationFeeds.filter((feed) => changed.has(feed))
    if (stations.length > 0) renewStations(stations)
    const placed = positionFeeds.filter((feed) => changed.has(feed))
    if (placed.length === 0) return
    for (const feed of placed) places.renew(feed, connection.entries(feed))
    positions.value = places.all()
  })
  const leave = [...stationFeeds, ...positionFeeds].map((feed) => connection.watch(feed))
  onUnmounted(() => {
    stop()
    leave.forEach((unwatch) => unwatch())
  })

  return { incidents, pairs, summaries, positions, events }
}
