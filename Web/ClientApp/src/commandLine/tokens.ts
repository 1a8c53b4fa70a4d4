/** A part of a line, from the first character to after the last. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Token extends Span {
  /** As compared: full-width forms made half-width and letters small, one character for one. */
  readonly word: string
}

/** Full-width letters, digits and signs, which a Chinese input method leaves behind, lie this far from their half-width forms. */
const fullWidthOffset = 0xfee0

/** What is compared instead of a text; as long as the text, so that positions stay. */
export function folded(text: string): string {
  let result = ''
  for (const unit of text) {
    const code = unit.charCodeAt(0)
    const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - fullWidthOffset) : unit === '。' ? '.' : unit === '　' ? ' ' : unit
    const small = half.toLowerCase()
    result += small.length === half.length ? small : half
  }
  return result
}

/** Words of a line with their places. Commas part words too, for lists of pairs. */
export function tokensOf(text: string): Token[] {
  const line = folded(text)
  const tokens: Token[] = []
  for (const match of line.matchAll(/[^\s,、]+/g)) tokens.push({ word: match[0], start: match.index, end: match.index + match[0].length })
  return tokens
}
