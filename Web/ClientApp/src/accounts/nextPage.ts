import type { LocationQueryValue } from 'vue-router'

/** The page to go on to after signing in: only paths of our own, never another site's address. */
export function nextPage(asked: LocationQueryValue | LocationQueryValue[] | undefined): string {
  return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) ? asked : '/'
}
