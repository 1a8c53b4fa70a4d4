import { expect, it } from 'vitest'
import { FeedPlaces } from './feedPlaces'

const place = (id: string, lat: number) => [`pair/${id}`, { lat, lon: 115, at: '2026-03-01T09:00:00Z' }] as const
const seen = (places: FeedPlaces) => [...places.all()].map(([id, { lat }]) => `${id}@${lat}`).sort()

it('has the newest places of all feeds, and forgets who is gone from the last of them', () => {
  const places = new FeedPlaces()
  places.renew('north', new Map([place('a', 1), place('b', 1)]))
  places.renew('south', new Map([place('c', 1)]))
  places.renew('north', new Map([place('a', 2), place('b', 1)]))
  expect(seen(places)).toEqual(['a@2', 'b@1', 'c@1'])

  places.renew('south', new Map([place('c', 1), place('a', 3)]))
  places.renew('north', new Map([place('b', 1)]))
  expect(seen(places), 'it moved to the other station').toEqual(['a@3', 'b@1', 'c@1'])
  places.renew('south', new Map())
  expect(seen(places)).toEqual(['b@1'])
})

it('follows a place that goes on changing, in the feed that is left of two', () => {
  const places = new FeedPlaces()
  const inSouth = new Map([place('a', 1)])
  places.renew('south', inSouth)
  places.renew('north', new Map([place('a', 2)]))
  places.renew('north', new Map())
  expect(seen(places)).toEqual(['a@1'])
  Object.assign(inSouth.get('pair/a')!, { lat: 3 })
  places.renew('south', inSouth)
  expect(seen(places)).toEqual(['a@3'])
})

it('is something new each time, for those who watch', () => {
  const places = new FeedPlaces()
  expect(places.all()).not.toBe(places.all())
})
