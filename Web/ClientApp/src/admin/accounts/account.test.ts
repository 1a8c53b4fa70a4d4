import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAccount, formOf, newPassword, rolesOf, saveAccount, type Account } from './account'

const account: Account = {
  id: 'a', userName: 'zhang', displayName: 'Zhang', roles: 'dispatcher,supervisor', stationIds: 'north,south', communityIds: '', officerId: null, disabled: false, partnerId: null,
}

function sent(): unknown[] {
  return vi.mocked(fetch).mock.calls.map(([, init]) => JSON.parse(String(init?.body)))
}

describe('accounts', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('reads the lists of the server', () => {
    expect(rolesOf(account)).toEqual(['dispatcher', 'supervisor'])
    expect(formOf(account)).toEqual({ displayName: 'Zhang', roles: ['dispatcher', 'supervisor'], stationIds: ['north', 'south'], communityIds: [], officerId: '', partnerId: '' })
  })

  it('sends of a partner’s account nothing but its partner', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => new Response('{}')))
    await createAccount('p', 'x', { ...formOf(account), roles: ['partner'], officerId: 'o', partnerId: 'n~1' }, 'key')
    await saveAccount('a', { ...formOf(account), partnerId: 'n~1' }, 'key')
    expect(sent()).toMatchObject([{ stationIds: [], officerId: null, partnerId: 'n~1' }, { stationIds: ['north', 'south'], partnerId: '' }])
  })

  it('makes passwords that can be read out and never the same', () => {
    const made = Array.from({ length: 200 }, newPassword)
    expect(new Set(made).size).toBe(200)
    for (const password of made) expect(password).toMatch(/^[a-hj-km-np-z2-9]{14}$/)
  })
})
