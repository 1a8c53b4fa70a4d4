import type { Location } from '../incidents/incident'
import { ProblemError } from '../api/http'
import type { Boundaries, Coded, Community, Named } from '../organisation/organisation'

/** What the page must know: where residents are and what a request can be about. */
export interface Ground {
  readonly bureau: Named
  readonly communities: readonly Community[]
  readonly categories: readonly Coded[]
  readonly boundariesIllustrative: boolean
}

/** Where something is: a community that was chosen, or a place that was tapped. */
export interface Place {
  readonly communityId?: string
  readonly location?: Location
}

export interface Contact {
  readonly name?: string
  readonly phone?: string
}

export interface PublicRequest {
  readonly id: string
  readonly number: string
  readonly communityId: string
  readonly category: string
  readonly status: string
  readonly isOpen: boolean
  readonly raisedAt: string
  readonly dueAt: string | null
  readonly closedAt: string | null
  readonly placeName: string | null
  readonly answers: readonly { readonly text: string; readonly at: string }[]
  readonly residentHasSpoken: boolean
}

export interface Letter {
  readonly from: 'resident' | 'police'
  readonly text: string
  readonly at: string
}

export interface Claimed {
  readonly number: string
  readonly status: string
  readonly text: string
  readonly letters: readonly Letter[]
  readonly leftAt?: string
  readonly madeAt?: string
  readonly dueAt?: string | null
  readonly outcome?: string | null
  readonly decision?: string | null
  readonly answer?: string | null
}

export interface ClaimReceipt {
  readonly claimCode: string
  readonly number: string
}

export type Solved = 'yes' | 'partly' | 'no'

export type ComplaintKind = 'interaction' | 'incident' | 'concern' | 'pair' | 'other'

/** What a claim code opens, by its letter; null where it is none. */
export function kindOfCode(code: string): 'tip' | 'complaint' | null {
  const letter = code.normalize('NFKC').trim().charAt(0).toUpperCase()
  return letter === 'T' ? 'tip' : letter === 'K' ? 'complaint' : null
}

/**
 * Calls what needs no account. No cookie goes along and none is taken, so that nothing ties a resident to what was said; the key lets a retry find what the
 * first try made.
 */
async function call<T>(path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = {}
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key !== undefined) headers['Idempotency-Key'] = key
  const response = await fetch(`/api/v1/public${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as T
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => ({}))) as { code?: unknown }
  return new ProblemError(response.status, typeof body.code === 'string' ? body.code : 'unknown')
}

export const residentApi = {
  ground: () => call<Ground>('/ground'),
  boundaries: () => call<Boundaries>('/communities.geojson'),
  raise: (request: Place & { category: string; text: string; placeName?: string; contact?: Contact; textConfirmed: boolean }, key: string) =>
    call<{ request: PublicRequest; satisfactionToken: string }>('/concerns', request, key),
  find: (idOrNumber: string) => call<PublicRequest>(`/concerns/${encodeURIComponent(idOrNumber)}`),
  saySolved: (id: string, said: { token: string; solved: Solved; words?: string; textConfirmed: boolean }) =>
    call<PublicRequest>(`/concerns/${encodeURIComponent(id)}/satisfaction`, said),
  leaveTip: (tip: Place & { text: string; category?: string; textConfirmed: boolean }, key: string) => call<ClaimReceipt>('/tips', tip, key),
  complain: (
    complaint: Place & { about: { kind: ComplaintKind; id?: string }; text: string; contact?: Contact; textConfirmed: boolean },
    key: string,
  ) => call<ClaimReceipt>('/complaints', complaint, key),
  claim: (kind: 'tip' | 'complaint', claim: { claimCode: string; words?: string; textConfirmed?: boolean; withdraw?: boolean }, key: string) =>
    call<Claimed>(`/${kind}s/claim`, claim, key),
}
