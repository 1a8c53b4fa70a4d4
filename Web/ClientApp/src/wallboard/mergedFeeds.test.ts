import { describe, expect, it } from 'vitest'
import { MergedFeeds } from './mergedFeeds'

const thing = (id: string, version: number) => [`incident/${id}`, { id, version }] as const
const versions = (merged: MergedFeeds) => merged.all<{ id: string; version: number }>('incident').map(({ id, version }) => `${id}${version}`).sort()

describe('MergedFeeds', () => {
  it('has what all feeds have, and follows each', () => {
    const merged = new MergedFeeds()
    merged.renew('north', new Map([thing('a', 1), thing('b', 1), ['summary', {}] as never]))
    merged.renew('south', new Map([thing('c', 1)]))
    expect(versions(merged)).toEqual(['a1', 'b1', 'c1'])
    merged.renew('north', new Map([thing('a', 2)]))
    expect(versions(merged)).toEqual(['a2', 'c1'])
  })

  it('keeps the newer of two while something moves between stations, whichever feed comes first', () => {
    const merged = new MergedFeeds()
    merged.renew('north', new Map([thing('a', 4)]))
    merged.renew('south', new Map([thing('a', 5)]))
    expect(versions(merged)).toEqual(['a5'])
    merged.renew('north', new Map())
    expect(versions(merged)).toEqual(['a5'])

    merged.renew('north', new Map([thing('a', 4)]))
    expect(versions(merged)).toEqual(['a5'])
    merged.renew('south', new Map())
    expect(versions(merged), 'the older one is all that is left').toEqual(['a4'])
  })

  it('says what changed, and that the first state is no change', () => {
    const merged = new MergedFeeds()
    const same = thing('a', 1)
    expect(merged.renew('north', new Map([same])).map(({ first }) => first)).toEqual([true])
    expect(merged.renew('north', new Map([same, thing('b', 1)]))).toMatchObject([{ kind: 'incident', before: undefined, first: false }])
    expect(merged.renew('north', new Map([thing('b', 1)]))).toMatchObject([{ after: { id: 'b' } }, { before: { id: 'a' }, after: undefined }])
    merged.renew('north', new Map())
    expect(merged.renew('north', new Map([same])).map(({ first }) => first), 'a feed that was dropped begins anew').toEqual([true])
  })
})
