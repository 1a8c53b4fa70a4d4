import { describe, expect, it } from 'vitest'
import { progressOf, nextStep } from './assignment/steps'
import { keepable } from './device/keptState'
import { amapLink, navigationLink, platformOf } from './device/navigation'
import { isDue } from './device/positionRate'
import { adviceFor, wordsOf } from './queue/whatNow'
import { outcomeOf } from './queue/sendQueued'
import type { QueuedCommand } from './queue/queuedCommand'
import { ProblemError } from '../api/http'
import { formatMetres, metresBetween } from './state/distance'
import { outcomeOfOffer, takenBy } from './state/offerOutcome'
import { pairFeedOf, type IncidentDetail, type PairFeed, type PairOffer } from './state/pairFeed'

const offer: PairOffer = {
  id: 'i1/o1', incidentId: 'i1', number: 'n-1', category: 'dispute', priority: 2, location: { lat: 35.25, lon: 115.52 }, address: '某路 1 号', communityId: 'c1',
  summary: 's', offeredAt: '2026-03-01T08:00:00Z', expiresAt: '2026-03-01T08:00:30Z',
}
const expires = Date.parse(offer.expiresAt)

function queued(more: Partial<QueuedCommand>): QueuedCommand {
  return {
    id: 'a', kind: 'step', subject: 'i1', detail: null, path: '/', body: null, at: 0, order: 1, state: 'waiting', failures: 0, endedAt: null, refusal: null, ...more,
  }
}
function detail(offers: IncidentDetail['offers']): IncidentDetail {
  return { id: 'i1', number: 'n-1', status: 'new', communityId: 'c1', offers, assignments: [], notes: [{ at: 'x', by: 'y', text: 'z' }] }
}

describe('how far the pair is', () => {
  it('counts what was said here and not heard, for this incident alone', () => {
    const queue = [queued({ detail: 'onScene' }), queued({ detail: 'cleared', subject: 'i2' }), queued({ detail: 'reported', state: 'refused' })]
    expect(progressOf('committed', 'i1', queue)).toEqual({ step: 'onScene', unsent: true })
  })
  it('goes by the server where that is further', () => {
    expect(progressOf('reported', 'i1', [queued({ detail: 'onScene' })])).toEqual({ step: 'reported', unsent: false })
    expect(nextStep('reported')).toBe('cleared')
    expect(nextStep('cleared')).toBeNull()
  })
})

describe('what became of an offer', () => {
  it.each([
    [[{ id: offer.id, pairId: 'p', status: 'expired' }], 'expired'],
    [[{ id: offer.id, pairId: 'p', status: 'withdrawn' }], 'withdrawn'],
    [[{ id: offer.id, pairId: 'p', status: 'withdrawn' }, { id: 'i1/o2', pairId: 'q', status: 'accepted' }], 'taken'],
    [[{ id: offer.id, pairId: 'p', status: 'accepted' }], 'accepted'],
  ] as const)('is told by its incident', (offers, outcome) => {
    expect(outcomeOfOffer(offer, detail(offers), expires - 1)).toBe(outcome)
  })
  it('is told by the clock where the incident cannot be asked', () => {
    expect(outcomeOfOffer(offer, null, expires)).toBe('expired')
    expect(outcomeOfOffer(offer, null, expires - 1)).toBe('withdrawn')
  })
  it('names who took it', () => {
    expect(takenBy(offer, detail([{ id: 'i1/o2', pairId: 'q', status: 'accepted' }]))).toBe('q')
  })
})

describe('the pair’s feed', () => {
  it('shows the most urgent offer first, then the one that ends first', () => {
    const entries = new Map<string, unknown>([
      ['offer/a', { ...offer, id: 'late', expiresAt: '2026-03-01T08:01:00Z' }], ['offer/b', { ...offer, id: 'soon' }], ['offer/c', { ...offer, id: 'urgent', priority: 1 }],
    ])
    expect(pairFeedOf(entries).offers.map(({ id }) => id)).toEqual(['urgent', 'soon', 'late'])
  })
})

describe('what the phone keeps', () => {
  const feed: PairFeed = { pair: null, offers: [offer], assignment: { offer, status: 'onScene', since: 'x' } }
  it('is the present assignment with its address, and nobody’s words', () => {
    const kept = keepable(feed, detail([]), false)
    expect(kept.feed.offers).toEqual([])
    expect(kept.feed.assignment?.offer.address).toBe('某路 1 号')
    expect(kept.incident?.notes).toBeNull()
  })
  it('is nothing of an assignment that ended here', () => {
    expect(JSON.stringify(keepable(feed, detail([]), true))).not.toContain('某路')
  })
})

describe('finding the way', () => {
  it('knows the phone’s maps', () => {
    expect(platformOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)')).toBe('apple')
    expect(platformOf('Mozilla/5.0 (Linux; Android 14)')).toBe('android')
  })
  it('converts for maps that count in GCJ-02 and for no others', () => {
    const place = { lat: 35.25, lon: 115.52 }
    const amap = /to=([\d.]+),([\d.]+),/.exec(amapLink(place, 'n-1'))
    const moved = { lat: Number(amap?.[2]), lon: Number(amap?.[1]) }
    expect(metresBetween(place, moved)).toBeGreaterThan(300)
    expect(metresBetween(place, moved)).toBeLessThan(900)
    expect(navigationLink(place, 'n-1', 'android')).toContain('geo:35.250000,115.520000')
    expect(navigationLink(place, 'n-1', 'apple')).toContain(`${moved.lat.toFixed(6)},${moved.lon.toFixed(6)}`)
  })
  it('says distances as people do', () => {
    expect(formatMetres(347, 'en')).toBe('350 m')
    expect(formatMetres(1_432, 'en')).toBe('1.4 km')
  })
})

describe('when a position is sent', () => {
  const last = { place: { lat: 35, lon: 115 }, at: 0 }
  it('is soon after a move, seldom while nothing moves, and never at once again', () => {
    const near = { lat: 35.00005, lon: 115 }
    const far = { lat: 35.001, lon: 115 }
    expect(isDue(null, near, 0)).toBe(true)
    expect(isDue(last, far, 4_999)).toBe(false)
    expect(isDue(last, far, 5_000)).toBe(true)
    expect(isDue(last, near, 59_999)).toBe(false)
    expect(isDue(last, near, 60_000)).toBe(true)
  })
})

describe('what a try brought', () => {
  it.each([
    [new TypeError('Failed to fetch'), 'unreached'],
    [new ProblemError(429, 'tooManyRequests'), 'unreached'],
    [new ProblemError(502, 'unknown'), 'unreached'],
    [new ProblemError(503, 'unavailable'), 'failed'],
    [new ProblemError(401, 'signInNeeded'), 'signedOut'],
    [new ProblemError(409, 'offerExpired'), 'refused'],
  ])('%s is %s', (error, kind) => {
    expect(outcomeOf(error).kind).toBe(kind)
  })
  it('comes with something to do, and loses no words', () => {
    const refused = queued({ state: 'refused', refusal: { status: 409, code: 'singleOfficer', detail: null }, body: { text: 'words' } })
    expect(adviceFor(refused)).toBe('supervisor')
    expect(adviceFor(queued({ refusal: { status: 409, code: 'unheardOf', detail: null } }))).toBe('ask')
    expect(wordsOf(refused)).toBe('words')
  })
})
