import type { User } from './session'

/** A page that an account may open, by the name of its route. */
export type PageName = 'dispatch' | 'pair' | 'supervisor' | 'wallboard' | 'admin'

/** Which roles have a page; everybody with a role of the police has the wallboard. Mirrors what the server lets them do. */
const rolesOf: Record<PageName, readonly string[]> = {
  pair: ['officer'],
  dispatch: ['dispatcher', 'supervisor', 'administrator'],
  supervisor: ['supervisor', 'oversight', 'administrator'],
  wallboard: ['dispatcher', 'supervisor', 'officer', 'administrator', 'auditor', 'oversight'],
  admin: ['administrator', 'auditor'],
}

/** Where each role works, the first that fits: an account with several has the one that cannot wait. */
const homes: readonly (readonly [role: string, page: PageName])[] = [
  ['officer', 'pair'],
  ['dispatcher', 'dispatch'],
  ['supervisor', 'supervisor'],
  ['administrator', 'admin'],
  ['oversight', 'supervisor'],
  ['auditor', 'admin'],
]

/** Pages of an account, in the order of the menu. */
export function pagesOf(user: User): PageName[] {
  return (Object.keys(rolesOf) as PageName[]).filter((page) => mayOpen(user, page))
}

export function mayOpen(user: User, page: string): boolean {
  const roles = rolesOf[page as PageName]
  return !roles || user.roles.some((role) => roles.includes(role))
}

/** The page where an account begins; one without any is told so. */
export function homeOf(user: User): PageName | 'no-page' {
  return homes.find(([role]) => user.roles.includes(role))?.[1] ?? 'no-page'
}
