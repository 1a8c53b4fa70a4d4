import { describe, expect, it } from 'vitest'
import { moment } from './moment'
import { kindOfCode } from './residentApi'

describe('what a claim code opens', () => {
  it('follows from its letter, however it was typed', () => {
    expect(kindOfCode('T-1234-5678')).toBe('tip')
    expect(kindOfCode('  k 1234')).toBe('complaint')
    expect(kindOfCode('ｔ-1234')).toBe('tip')
  })

  it('is nothing for numbers and for codes that are not claimed', () => {
    expect(kindOfCode('C261125-ABCDE')).toBeNull()
    expect(kindOfCode('S-1234')).toBeNull()
    expect(kindOfCode('')).toBeNull()
  })
})

describe('a moment', () => {
  it('is told in China Standard Time', () => {
    expect(moment('en', '2026-01-01T17:30:00Z')).toContain('Jan 2, 2026')
    expect(moment('zh-CN', 'nonsense')).toBe('')
  })
})
