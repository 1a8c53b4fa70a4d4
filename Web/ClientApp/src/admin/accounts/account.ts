import { callApi } from '../../api/http'
import { sendCommand } from '../../api/command'

export const roles = ['administrator', 'dispatcher', 'supervisor', 'officer', 'auditor', 'oversight', 'partner'] as const
export type Role = (typeof roles)[number]

/** An account as the server lists it: lists of ids with commas between. */
export interface Account {
  readonly id: string
  readonly userName: string
  readonly displayName: string
  readonly roles: string
  readonly stationIds: string
  readonly communityIds: string
  readonly officerId: string | null
  readonly disabled: boolean
  readonly partnerId: string | null
}

export interface Partner {
  readonly id: string
  readonly details: { readonly name: string; readonly nameEn?: string | null }
}

export interface AccountForm {
  displayName: string
  roles: Role[]
  /** `*` for all. */
  stationIds: string[]
  communityIds: string[]
  officerId: string
  partnerId: string
}

export const listOf = (joined: string): string[] => joined.split(',').filter(Boolean)
export const rolesOf = (account: Account): Role[] => roles.filter((role) => listOf(account.roles).includes(role))

export const loadAccounts = (): Promise<readonly Account[]> => callApi('/accounts')

export async function loadPartners(): Promise<readonly Partner[]> {
  const { items } = await callApi<{ items: readonly { readonly partner: Partner }[] }>('/partners?limit=200')
  return items.map(({ partner }) => partner)
}

export function formOf(account: Account | null): AccountForm {
  return account
    ? {
        displayName: account.displayName, roles: rolesOf(account), stationIds: listOf(account.stationIds), communityIds: listOf(account.communityIds),
        officerId: account.officerId ?? '', partnerId: account.partnerId ?? '',
      }
    : { displayName: '', roles: ['dispatcher'], stationIds: ['*'], communityIds: [], officerId: '', partnerId: '' }
}

/** What counts of a form: a partner's account has its partner and nothing else. */
function meant(form: AccountForm): AccountForm {
  return form.roles.includes('partner') ? { ...form, stationIds: [], communityIds: [], officerId: '' } : { ...form, partnerId: '' }
}

export function createAccount(userName: string, password: string, form: AccountForm, commandId: string): Promise<Account> {
  const { officerId, partnerId, ...rest } = meant(form)
  return sendCommand('/accounts', { userName, password, ...rest, officerId: officerId || null, partnerId: partnerId || null }, { commandId })
}

export function changeAccount(id: string, change: Partial<AccountForm> & { readonly disabled?: boolean }, commandId: string): Promise<Account> {
  return sendCommand(`/accounts/${id}`, change, { method: 'PUT', commandId })
}

export const saveAccount = (id: string, form: AccountForm, commandId: string): Promise<Account> => changeAccount(id, meant(form), commandId)

export function givePassword(id: string, password: string, commandId: string): Promise<unknown> {
  return sendCommand(`/accounts/${id}/password`, { password }, { commandId })
}

export function endSessions(id: string, commandId: string): Promise<unknown> {
  return sendCommand(`/accounts/${id}/end-sessions`, {}, { commandId })
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const passwordLength = 14

/** A password that can be read out: 14 of 31 signs that do not look alike, 69 bits. */
export function newPassword(): string {
  let password = ''
  while (password.length < passwordLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // Bytes above the last whole multiple would favour the first letters.
      if (byte < 248 && password.length < passwordLength) password += letters[byte % letters.length]
    }
  }
  return password
}
