/** The same as the server masks on a wall: seven digits or more in a row may be a telephone or identity number. */
const longNumber = /\d[\d\- ]{5,}\d[Xx]?/

/** Whether free words look as if they held somebody's number. It is asked about before they are sent. */
export function looksProtected(text: string): boolean {
  return longNumber.test(text)
}
