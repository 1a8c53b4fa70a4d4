/**
 * Cuts a list into the pages that a place of `height` can show, all rows being `row` high and the number of the page `label`; always at least
 * one page. A heading never stands alone at the end of a page.
 */
export function pagesOf<T>(items: readonly T[], row: number, height: number, label: number, isHeading: (item: T) => boolean): readonly (readonly T[])[] {
  // Rounding must not cost a row.
  const slack = 0.05
  const whole = Math.max(1, Math.floor((height + slack) / row))
  if (items.length <= whole) return [items]
  const rows = Math.max(2, Math.floor((height - label + slack) / row))
  const pages: T[][] = []
  for (let start = 0; start < items.length;) {
    // The last page is as full as the others; what it repeats was just seen.
    const begin = start + rows >= items.length ? items.length - rows : start
    let end = begin + rows
    const last = items[end - 1]
    if (end < items.length && end - start > 1 && last !== undefined && isHeading(last)) end--
    pages.push(items.slice(begin, end))
    start = end
  }
  return pages
}
