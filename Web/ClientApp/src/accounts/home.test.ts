import { describe, expect, it } from 'vitest'
import { homeOf, mayOpen, pagesOf } from './home'
import type { User } from './session'

const account = (...roles: string[]): User => ({ id: 'a', name: 'A', roles, stationIds: [], communityIds: [], pairId: null, officerId: null })

describe('home by role', () => {
  it.each([
    ['officer', 'pair'],
    ['dispatcher', 'dispatch'],
    ['supervisor', 'supervisor'],
    ['administrator', 'admin'],
    ['auditor', 'admin'],
    ['partner', 'no-page'],
  ])('%s begins at %s', (role, page) => expect(homeOf(account(role))).toBe(page))

  it('never sends anybody to a page that is closed to them', () => {
    for (const role of ['officer', 'dispatcher', 'supervisor', 'administrator', 'auditor', 'oversight']) {
      expect(mayOpen(account(role), homeOf(account(role)))).toBe(true)
    }
  })

  it('shows an officer neither the console nor the administration', () => expect(pagesOf(account('officer'))).toEqual(['pair', 'wallboard']))
})
