import { readonly, shallowRef } from 'vue'
import { callApi, ProblemError } from '../api/http'
import { forgetPhone, phoneUser } from './phoneMemory'

export interface User {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  /** `*` means every station. */
  readonly stationIds: readonly string[]
  readonly communityIds: readonly string[]
  readonly pairId: string | null
  /** The officer that this is; null for everyone else. */
  readonly officerId: string | null
}

const user = shallowRef<User | null>(null)

/** Who is signed in; null for nobody, or before {@link loadSession} was asked. */
export const currentUser = readonly(user)

/** `GET /auth/me` answers with the user itself or wrapped like the answer to a sign-in. */
function userIn(answer: User | { user: User }): User {
  return 'user' in answer ? answer.user : answer
}

/** Asks the server who is signed in, once. Throws where the server cannot be reached or fails. */
export async function loadSession(): Promise<User | null> {
  return user.value ?? renewSession()
}

/** Asks the server again, whoever is believed to be signed in. Throws where the server cannot be reached or fails. */
export async function renewSession(): Promise<User | null> {
  try {
    user.value = userIn(await callApi<User | { user: User }>('/auth/me'))
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error
    user.value = null
  }
  return user.value
}

export async function signIn(userName: string, password: string): Promise<void> {
  const answer = await callApi<{ user: User }>('/auth/login?cookie=true', { method: 'POST', body: { userName, password } })
  forgetPhone(answer.user.id)
  user.value = answer.user
}

/** Begins as who used the phone last, before the server is asked; null where nobody is known. */
export function resumeOnPhone(): User | null {
  user.value ??= phoneUser()
  return user.value
}

export async function signOut(): Promise<void> {
  await callApi('/auth/logout', { method: 'POST' })
  forgetPhone()
  user.value = null
}

/** The server said that the session is over. */
export function forgetSession(): void {
  user.value = null
}
