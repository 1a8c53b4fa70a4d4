import { expect, it } from 'vitest'
import { nextPage } from './nextPage'

it('goes on to our own pages and nowhere else', () => {
  expect(nextPage('/wallboard')).toBe('/wallboard')
  expect(nextPage('//evil.example')).toBe('/')
  expect(nextPage('/\\evil.example')).toBe('/')
  expect(nextPage('https://evil.example')).toBe('/')
  expect(nextPage(undefined)).toBe('/')
})
