import { emptyPairFeed, type IncidentDetail, type PairFeed } from '../state/pairFeed'
import type { PhoneDatabase } from './phoneDatabase'

/** Names that the page needs without a line. */
export interface KeptNames {
  readonly categories: readonly { readonly code: string; readonly name: string; readonly nameEn?: string | null }[]
  readonly declineReasons: readonly { readonly code: string; readonly name: string; readonly nameEn?: string | null }[]
  readonly communities: readonly { readonly id: string; readonly name: string; readonly nameEn?: string | null }[]
  readonly callSigns: Readonly<Record<string, string>>
}

export interface KeptState {
  readonly accountId: string
  /** When the server last spoke, in milliseconds of its clock. */
  readonly at: number
  readonly feed: PairFeed
  /** Times and pairs of what it is at, without a word of anybody. */
  readonly incident: IncidentDetail | null
}

/** As long as a session: whoever has not been seen for longer signs in again, and finds nothing old. */
const keptForMs = 14 * 3_600_000

/**
 * What of the feed the phone keeps. Decided so: the address and exact place of the present assignment stay, in the clear, because in a cellar without a line the officer still
 * has to find the door; a key to open them would have to lie beside them, so sealing would only look safe, and the device's own encryption is what protects a lost phone. They
 * are dropped as soon as the assignment ends, also when its end is only said here, at sign-out, for another account, and with age. Offers, notes, other people's words and
 * anybody's name but the officers' are never kept: an offer runs out in seconds, the rest can be asked for again.
 */
export function keepable(feed: PairFeed, incident: IncidentDetail | null, endedHere: boolean): Pick<KeptState, 'feed' | 'incident'> {
  if (endedHere || !feed.assignment) return { feed: { pair: feed.pair, offers: [], assignment: null }, incident: null }
  const kept = incident && {
    id: incident.id, number: incident.number, status: incident.status, communityId: incident.communityId, offers: [], assignments: incident.assignments, notes: null,
  }
  return { feed: { pair: feed.pair, offers: [], assignment: feed.assignment }, incident: kept }
}

export async function keepState(database: PhoneDatabase, state: KeptState): Promise<void> {
  await database.put('kept', state, 'state')
}

export async function keptState(database: PhoneDatabase, accountId: string, now: number): Promise<KeptState | null> {
  const state = (await database.get('kept', 'state')) as KeptState | undefined
  if (!state || state.accountId !== accountId) return null
  return now - state.at > keptForMs ? { ...state, feed: emptyPairFeed, incident: null } : state
}

export async function keepNames(database: PhoneDatabase, names: KeptNames): Promise<void> {
  await database.put('kept', names, 'names')
}

export async function keptNames(database: PhoneDatabase): Promise<KeptNames | null> {
  return ((await database.get('kept', 'names')) as KeptNames | undefined) ?? null
}

export async function keepDraft(database: PhoneDatabase, of: string, text: string): Promise<void> {
  if (text === '') await database.delete('kept', `draft/${of}`)
  else await database.put('kept', text, `draft/${of}`)
}

export async function keptDraft(database: PhoneDatabase, of: string): Promise<string> {
  const text = await database.get('kept', `draft/${of}`)
  return typeof text === 'string' ? text : ''
}
