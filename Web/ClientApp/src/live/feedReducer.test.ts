import { describe, expect, it } from 'vitest'
import type { FeedMessage } from './feedMessage'
import { emptyFeed, reduceFeed, type FeedState } from './feedReducer'

function message(from: number, to: number, changes: Record<string, unknown>, more: Partial<FeedMessage> = {}): FeedMessage {
  const list = Object.entries(changes).map(([key, value]) => ({ key, value }))
  return { feed: 'station/1', epoch: 'a', from, to, snapshot: false, changes: list, ...more }
}

function applied(state: FeedState, next: FeedMessage): FeedState {
  const result = reduceFeed(state, next)
  if (result.kind !== 'applied') throw new Error(`expected ${next.from}→${next.to} to be applied`)
  return result.state
}

const atFive = applied(emptyFeed, message(0, 5, { 'pair/1': 'free', 'pair/2': 'busy' }, { snapshot: true }))

describe('reduceFeed', () => {
  it('takes the first snapshot as it is', () => {
    expect(atFive.cursor).toEqual({ epoch: 'a', seq: 5 })
    expect([...atFive.entries]).toEqual([['pair/1', 'free'], ['pair/2', 'busy']])
  })

  it('asks for everything when a change comes before any snapshot', () => {
    expect(reduceFeed(emptyFeed, message(0, 1, { 'pair/1': 'free' }))).toEqual({ kind: 'resubscribe', cursor: null })
  })

  it('applies a continuing message and leaves the earlier state untouched', () => {
    const next = applied(atFive, message(5, 7, { 'pair/1': 'busy', 'pair/2': null, 'pair/3': 'free' }))
    expect(next.cursor).toEqual({ epoch: 'a', seq: 7 })
    expect([...next.entries]).toEqual([['pair/1', 'busy'], ['pair/3', 'free']])
    expect(atFive.entries.get('pair/1')).toBe('free')
  })

  it('asks again from its own cursor after a dropped message', () => {
    expect(reduceFeed(atFive, message(6, 7, { 'pair/1': 'busy' }))).toEqual({ kind: 'resubscribe', cursor: { epoch: 'a', seq: 5 } })
  })

  it('does not apply a repeated message twice', () => {
    const change = message(5, 6, { 'pair/1': 'busy' })
    const next = applied(atFive, change)
    expect(reduceFeed(next, change)).toEqual({ kind: 'resubscribe', cursor: { epoch: 'a', seq: 6 } })
  })

  it('does not apply reordered messages in the wrong order', () => {
    const [sixth, seventh] = [message(5, 6, { 'pair/1': 'first' }), message(6, 7, { 'pair/1': 'second' })]
    expect(reduceFeed(atFive, seventh).kind).toBe('resubscribe')
    expect(applied(applied(atFive, sixth), seventh).entries.get('pair/1')).toBe('second')
  })

  it('does not mix epochs, even where the numbers fit', () => {
    expect(reduceFeed(atFive, message(5, 6, { 'pair/1': 'busy' }, { epoch: 'b' }))).toEqual({
      kind: 'resubscribe',
      cursor: { epoch: 'a', seq: 5 },
    })
  })

  it('lets a snapshot of a new epoch replace everything, with a lower number too', () => {
    const next = applied(atFive, message(0, 1, { 'pair/9': 'free' }, { epoch: 'b', snapshot: true }))
    expect(next.cursor).toEqual({ epoch: 'b', seq: 1 })
    expect([...next.entries.keys()]).toEqual(['pair/9'])
  })

  it('does not go backwards with a late snapshot of its own epoch', () => {
    expect(reduceFeed(atFive, message(0, 4, {}, { snapshot: true })).kind).toBe('resubscribe')
    expect(applied(atFive, message(0, 5, { 'pair/1': 'free' }, { snapshot: true })).entries.size).toBe(1)
  })

  it('moves its cursor with an empty message', () => {
    expect(applied(atFive, message(5, 8, {})).cursor).toEqual({ epoch: 'a', seq: 8 })
  })

  it('refuses a message that runs backwards', () => {
    expect(reduceFeed(atFive, message(5, 3, { 'pair/1': 'old' })).kind).toBe('resubscribe')
  })

  it('shows a snapshot in parts with its last part', () => {
    const first = applied(atFive, message(0, 2, { 'pair/3': 'free' }, { snapshot: true, more: true }))
    expect(first.entries).toBe(atFive.entries)
    expect(first.cursor).toEqual({ epoch: 'a', seq: 2 })
    const last = applied(applied(first, message(2, 4, { 'pair/4': 'free' }, { more: true })), message(4, 9, { 'pair/3': null }))
    expect([...last.entries]).toEqual([['pair/4', 'free']])
    expect(last).toMatchObject({ cursor: { seq: 9 }, shown: { seq: 9 }, gathered: null })
  })

  it('shows changes in parts with the last part', () => {
    const first = applied(atFive, message(5, 6, { 'pair/1': null }, { more: true }))
    expect(first.entries).toBe(atFive.entries)
    expect([...applied(first, message(6, 6, {})).entries.keys()]).toEqual(['pair/2'])
  })

  it('keeps what it shows and has gathered when a part is missing', () => {
    const first = applied(atFive, message(0, 2, { 'pair/3': 'free' }, { epoch: 'b', snapshot: true, more: true }))
    expect(reduceFeed(first, message(3, 4, {}, { epoch: 'b' }))).toEqual({ kind: 'resubscribe', cursor: { epoch: 'b', seq: 2 } })
    expect([...applied(first, message(2, 4, {}, { epoch: 'b' })).entries.keys()]).toEqual(['pair/3'])
  })

  it('forgets a snapshot in parts that came late as a whole', () => {
    const first = applied(atFive, message(0, 2, { 'pair/3': 'free' }, { snapshot: true, more: true }))
    expect(applied(first, message(2, 4, {}))).toEqual(atFive)
  })
})
