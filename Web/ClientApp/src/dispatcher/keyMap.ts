/** What a key asks for. */
export type Intent =
  | 'next' | 'previous' | 'newCall' | 'escape' | 'help' | 'commandLine'
  | 'offer' | 'auto' | 'assign' | 'stack' | 'reserve' | 'preempt' | 'backup' | 'hold' | 'close' | 'cancel' | 'reopen' | 'merge' | 'link' | 'transfer'
  | 'divert' | 'reclassify' | 'handover' | 'callOff' | 'note' | 'whyNot' | 'queue' | 'incident' | 'recommendation' | 'filter' | 'nextAlert' | 'mute'

/** The letters of the console, as they are shown beside what they do. */
export const letters: Readonly<Record<string, Intent>> = {
  j: 'next', k: 'previous', n: 'newCall',
  q: 'queue', i: 'incident', r: 'recommendation', f: 'filter',
  o: 'offer', a: 'auto', s: 'assign', t: 'stack', v: 'reserve', p: 'preempt', g: 'handover', u: 'callOff',
  e: 'note', b: 'backup', h: 'hold', c: 'close', x: 'cancel', z: 'reopen',
  m: 'merge', l: 'link', y: 'transfer', d: 'divert', w: 'whyNot', '=': 'reclassify',
  '!': 'nextAlert', '0': 'mute', '/': 'commandLine', '?': 'help',
}

const keys = new Map(Object.entries(letters).map(([key, intent]) => [intent, key]))

/** The key that does something, as it is shown. */
export function keyOf(intent: Intent): string {
  return (keys.get(intent) ?? '').toUpperCase()
}

/** The part of a keyboard event that says what is meant. */
export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly isComposing?: boolean
}

/**
 * What a pressed key means while nothing is being typed. `typing` leaves only what no text can contain; `lettersOn` false leaves out single letters, for those
 * whose hands or speech press keys they do not mean.
 */
export function intentOf(pressed: Pressed, { typing, lettersOn }: { readonly typing: boolean; readonly lettersOn: boolean }): Intent | null {
  if (pressed.isComposing || pressed.altKey) return null
  const key = pressed.key.toLowerCase()
  if ((pressed.ctrlKey || pressed.metaKey) && key === 'k') return 'commandLine'
  if (pressed.ctrlKey || pressed.metaKey) return null
  if (key === 'escape') return 'escape'
  if (typing || !lettersOn) return null
  return letters[key] ?? null
}
