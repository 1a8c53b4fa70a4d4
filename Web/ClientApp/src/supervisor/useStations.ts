import { computed, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Feeds } from '../live/feeds'
import type { Pair } from '../pairs/pair'
import type { CommunitySummary } from './community'
import type { WatchedIncident } from './now/watchedIncident'
import { useFeeds } from './useFeeds'

export interface StationsLive {
  /** The figures of every community, by id. */
  readonly summaries: Readonly<ShallowRef<ReadonlyMap<string, CommunitySummary>>>
  readonly incidents: Readonly<ShallowRef<ReadonlyMap<string, WatchedIncident>>>
  readonly pairs: Readonly<ShallowRef<ReadonlyMap<string, SeenPair>>>
}

/** A pair as a station's feed has it. */
export interface SeenPair extends Pair {
  readonly presentOfficerIds: readonly string[]
  readonly singleOfficer?: boolean
  readonly singleSince?: string | null
  readonly signingOff?: boolean
  readonly takenBy?: string | null
  readonly takenUntil?: string | null
  readonly shift?: { readonly since: string } | null
  readonly time?: { readonly kind: string; readonly since: string } | null
  readonly presence?: { readonly countedTo: string; readonly today: { readonly from: string; readonly inside: number; readonly outside: number; readonly unknown: number } } | null
}

/** What the feeds of some stations have, renewed at most once per frame; who looks at one kind is told of that kind only. */
export function useStations(connection: Feeds, stationIds: Readonly<Ref<readonly string[]>>): StationsLive {
  const summaries = shallowRef<ReadonlyMap<string, CommunitySummary>>(new Map())
  const incidents = shallowRef<ReadonlyMap<string, WatchedIncident>>(new Map())
  const pairs = shallowRef<ReadonlyMap<string, SeenPair>>(new Map())
  const feeds = computed(() => stationIds.value.map((id) => `station/${id}`))

  useFeeds(connection, feeds, () => {
    const [nextSummaries, nextIncidents, nextPairs] = [new Map<string, CommunitySummary>(), new Map<string, WatchedIncident>(), new Map<string, SeenPair>()]
    for (const feed of feeds.value) {
      for (const [key, value] of connection.entries(feed)) {
        if (key.startsWith('community/')) nextSummaries.set(key.slice('community/'.length), value as CommunitySummary)
        // What moves from one station to another is for a moment in both feeds.
        else if (key.startsWith('incident/')) keepNewest(nextIncidents, value as WatchedIncident)
        else if (key.startsWith('pair/')) keepNewest(nextPairs, value as SeenPair)
      }
    }
    renewIn(summaries, nextSummaries)
    renewIn(incidents, nextIncidents)
    renewIn(pairs, nextPairs)
  })
  return { summaries, incidents, pairs }
}

function keepNewest<T extends { readonly id: string; readonly version: number }>(byId: Map<string, T>, value: T): void {
  const known = byId.get(value.id)
  if (!known || value.version > known.version) byId.set(value.id, value)
}

function renewIn<T>(shown: ShallowRef<ReadonlyMap<string, T>>, next: ReadonlyMap<string, T>): void {
  if (!isSame(shown.value, next)) shown.value = next
}

function isSame<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
  if (before.size !== after.size) return false
  for (const [key, value] of after) if (before.get(key) !== value) return false
  return true
}
