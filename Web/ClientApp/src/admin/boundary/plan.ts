import { callApi } from '../../api/http'
import { sendCommand } from '../../api/command'
import type { Location } from '../../incidents/incident'
import type { Draft } from './boundaryFile'

export interface CommunityFault {
  /** Place in the file from 0; -1 for a community that is not in it. */
  readonly index: number
  readonly communityId: string | null
  readonly code: string
  readonly at: Location | null
}

/** Two communities that claim the same ground; places in it go to the first. */
export interface CommunityOverlap {
  readonly firstId: string
  readonly secondId: string
  /** Of the smaller of the two, 0 to 1. */
  readonly share: number
  readonly at: Location
}

export interface CommunityPlan {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly unchanged: readonly string[]
  readonly removed: readonly string[]
  readonly faults: readonly CommunityFault[]
  /** Looked for where there is no fault. */
  readonly overlaps?: readonly CommunityOverlap[] | null
}

export const states = ['added', 'changed', 'unchanged', 'removed', 'fault'] as const
export type FeatureState = (typeof states)[number]

export interface ImportBody {
  readonly expectedVersion: number
  readonly communities: readonly Draft[]
  readonly removeOthers: boolean
  readonly illustrative: boolean
}

/** A bureau's boundaries are some megabytes, which takes longer than a usual command. */
const answerWithinMs = 60_000

export function planImport(body: ImportBody): Promise<CommunityPlan> {
  return callApi('/communities/import/plan', { method: 'POST', body, signal: AbortSignal.timeout(answerWithinMs) })
}

export function importCommunities(body: ImportBody, commandId: string): Promise<unknown> {
  return sendCommand('/communities/import', body, { commandId, answerWithinMs })
}

/** What becomes of a community of the file, or of one that is not in it. */
export function stateOf(plan: CommunityPlan, id: string, index: number): FeatureState {
  if (plan.faults.some((fault) => fault.index === index && (index >= 0 || fault.communityId === id))) return 'fault'
  return plan.added.includes(id) ? 'added' : plan.changed.includes(id) ? 'changed' : plan.removed.includes(id) ? 'removed' : 'unchanged'
}
