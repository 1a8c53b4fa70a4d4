import type { Named } from '../organisation/organisation'
import type { Pair } from '../pairs/pair'
import { byCondition, type PairCondition } from '../pairs/pairCondition'
import { countConditions } from './figures'

/** A line of the roster: a station, or a few pairs of it side by side. */
export type RosterRow =
  | { readonly kind: 'station'; readonly key: string; readonly station: Named; readonly counts: Readonly<Record<PairCondition, number>>; readonly onDuty: number }
  | { readonly kind: 'pairs'; readonly key: string; readonly pairs: readonly Pair[] }

/** Up to so many pairs each is named; above it a wall could not be read, and stations show their counts alone. */
const namedUpTo = 150
const sideBySide = 2

/** The roster of a board, station by station. */
export function rosterRows(stations: readonly Named[], pairs: readonly Pair[]): readonly RosterRow[] {
  const byStation = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const own = byStation.get(pair.stationId)
    if (own) own.push(pair)
    else byStation.set(pair.stationId, [pair])
  }
  const named = pairs.length <= namedUpTo
  return stations.flatMap((station): RosterRow[] => {
    const own = byStation.get(station.id)
    if (!own) return []
    const counts = countConditions(own)
    const heading: RosterRow = { kind: 'station', key: station.id, station, counts, onDuty: own.length - counts.offDuty }
    return named ? [heading, ...pairRows(station.id, own.sort(byCondition))] : [heading]
  })
}

function pairRows(stationId: string, pairs: readonly Pair[]): RosterRow[] {
  const rows: RosterRow[] = []
  for (let first = 0; first < pairs.length; first += sideBySide) {
    rows.push({ kind: 'pairs', key: `${stationId}/${first}`, pairs: pairs.slice(first, first + sideBySide) })
  }
  return rows
}
