import { expect, it } from 'vitest'
import { pagesOf } from './paging'

const isHeading = (item: string) => item.startsWith('#')
const list = (length: number) => Array.from({ length }, (_, n) => String(n))

it('shows all on one page where there is room, without room for a page number', () => {
  expect(pagesOf(list(5), 4, 20, 2, isHeading)).toEqual([list(5)])
  expect(pagesOf([], 4, 20, 2, isHeading)).toEqual([[]])
  expect(pagesOf(list(3), 4, 0, 2, isHeading), 'before its size is known').toHaveLength(2)
})

it('shows everything, page by page, each of them full', () => {
  const pages = pagesOf(list(11), 4, 20, 2, isHeading)
  expect(pages).toEqual([list(4), ['4', '5', '6', '7'], ['7', '8', '9', '10']])
})

it('leaves no heading alone at the end of a page', () => {
  const pages = pagesOf(['#a', '1', '2', '#b', '3', '4', '5'], 4, 18, 2, isHeading)
  expect(pages).toEqual([['#a', '1', '2'], ['#b', '3', '4', '5']])
})
