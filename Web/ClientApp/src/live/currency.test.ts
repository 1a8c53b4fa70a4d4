import { expect, it } from 'vitest'
import { currencyOf, silentAfterMs } from './currency'

it('is live only with an open, speaking link and no feed behind', () => {
  const open = { link: 'open', behind: 0, refused: 0, stale: 0, staleSince: null } as const
  expect(currencyOf(open, 1000, 1000)).toBe('live')
  expect(currencyOf(open, 1000, 1001 + silentAfterMs)).toBe('silent')
  expect(currencyOf({ ...open, behind: 1 }, 1000, 1000)).toBe('catchingUp')
  expect(currencyOf({ ...open, behind: 1, refused: 1 }, 1000, 1000)).toBe('incomplete')
  expect(currencyOf({ ...open, behind: 1, stale: 1 }, 1000, 1000)).toBe('stale')
  expect(currencyOf({ ...open, link: 'lost' }, 1000, 1000)).toBe('lost')
  expect(currencyOf({ ...open, link: 'lost' }, null, 1000)).toBe('lost')
  expect(currencyOf({ ...open, link: 'connecting' }, null, 1000)).toBe('connecting')
})
