import { expect, it } from 'vitest'
import { bucketText, hasTargetBeyond, reachOf, rowsOf, shareText, timeText, unitOf, type ResponseGroup } from './response'

const group = (count: number | null): ResponseGroup => ({ count, unmet: 0, medianSeconds: count, p90Seconds: null, withinShare: null, targetSeconds: 30 })

it('keeps the order of the organisation, and counts what is too little to be told', () => {
  const { rows, hidden } = rowsOf({ b: group(99), a: group(5), c: group(null) }, ['a', 'b', 'c', 'd'], (key) => key.toUpperCase())
  expect(rows.map(({ name }) => name)).toEqual(['A', 'B'])
  expect(hidden).toBe(1)
})

it('writes times in the unit in which they are read, and never a number for what is not told', () => {
  expect([30, 180, 181, 10_800, 10_801].map(unitOf)).toEqual(['second', 'second', 'minute', 'minute', 'hour'])
  expect([timeText(5.5, 'en'), timeText(300, 'en'), timeText(null, 'en')]).toEqual(['5.5 sec', '5 min', '–'])
  expect([shareText(0.984, 'en'), shareText(null, 'en')]).toEqual(['98.4%', '–'])
  expect([bucketText({ fromSeconds: 300, toSeconds: 600, count: 1 }, 'minute'), bucketText({ fromSeconds: 1800, toSeconds: null, count: 1 }, 'minute')]).toEqual(['5–10', '>30'])
})

it('reaches to a target that is near, and not to one beside which nothing could be read', () => {
  const row = (p90Seconds: number, targetSeconds: number | null) => ({ key: '', name: '', group: { ...group(9), medianSeconds: 5, p90Seconds, targetSeconds } })
  expect(reachOf([row(10, 30)])).toBe(30)
  expect(reachOf([row(10, 60), row(6, 1800), row(6, null)])).toBe(10)
  expect([hasTargetBeyond([row(10, 30)]), hasTargetBeyond([row(10, 1800)])]).toEqual([false, true])
})
