import { callApi } from '../../api/http'

export interface Access {
  readonly id: string
  readonly at: string
  readonly subject: string
  readonly actorId: string
  readonly actorName: string
  readonly fields: readonly string[]
  readonly reason: string
}

export interface Erasure {
  readonly id: string
  readonly at: string
  readonly subject: string
  readonly retentionClass: string
  readonly fields: readonly string[]
  readonly because: string
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

export interface Verification {
  readonly holds: boolean
  readonly rows: number
  readonly chains: number
  readonly earlierRows: number
  readonly faults: readonly { readonly writer: string | null; readonly seq: number; readonly fault: 'altered' | 'missing' | 'cutOff' | 'unchained' }[]
}

export interface JournalFilter {
  readonly subject: string
  readonly actorId: string
  /** Days of this browser's calendar, both counted; empty for any. */
  readonly from: string
  readonly to: string
}

const pageSize = '100'
const dayMs = 86_400_000

export function queryOf(filter: JournalFilter, cursor: string | null): URLSearchParams {
  const query = new URLSearchParams({ limit: pageSize })
  if (filter.subject.trim()) query.set('subject', filter.subject.trim())
  if (filter.actorId.trim()) query.set('actorId', filter.actorId.trim())
  if (filter.from) query.set('from', new Date(`${filter.from}T00:00`).toISOString())
  if (filter.to) query.set('to', new Date(Date.parse(`${filter.to}T00:00`) + dayMs).toISOString())
  if (cursor) query.set('cursor', cursor)
  return query
}

export const loadAccesses = (query: URLSearchParams): Promise<Page<Access>> => callApi(`/protection/accesses?${query}`)
export const loadErasures = (query: URLSearchParams): Promise<Page<Erasure>> => callApi(`/protection/erasures?${query}`)
export const verifyAccesses = (): Promise<Verification> => callApi('/protection/accesses/verify')
