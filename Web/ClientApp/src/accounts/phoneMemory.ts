import type { User } from './session'

/** The database in which `/pair` keeps what it needs without a line. */
export const phoneDatabaseName = 'dispatch-phone'
const storageKey = 'dispatch.phone.account'

/** Whose the phone is: who used `/pair` last and did not sign out. Lets it begin without a line; the server still decides about everything. */
export function phoneUser(): User | null {
  try {
    const user = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as User | null
    return typeof user?.id === 'string' ? user : null
  } catch {
    return null
  }
}

export function rememberPhoneUser(user: User): void {
  localStorage.setItem(storageKey, JSON.stringify(user))
}

/** Nothing of what the phone kept stays, except for the account that is named. */
export function forgetPhone(exceptFor: string | null = null): void {
  const known = phoneUser()
  if (!known || known.id === exceptFor) return
  localStorage.removeItem(storageKey)
  indexedDB.deleteDatabase(phoneDatabaseName)
}
