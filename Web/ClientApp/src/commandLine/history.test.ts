import { expect, it } from 'vitest'
import { History } from './history'
import { parse } from './parse'
import { vocabulary } from './testing/vocabulary'

function storage(): Storage & { written: () => string } {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value), written: () => [...map.values()].join(' '),
    removeItem: () => {}, clear: () => {}, key: () => null, length: 0,
  }
}

function add(history: History, line: string): void {
  history.add(line, parse(line, vocabulary))
}

it('keeps the words of notes and reasons out of what is stored', () => {
  const kept = storage()
  const history = new History('a1', kept)
  for (const line of ['备注 15 张三电话 13800000000', 'close 15 referred 张三', 'offer 15 A12 : 张三在家', 'open 纠纷 2 张三', 'find 张三', 'note everything 张三', 'auto 15']) add(history, line)
  expect(history.all).toContain('备注 15 张三电话 13800000000')
  expect(kept.written()).not.toMatch(/张三|138/)
  expect(new History('a1', kept).all).toEqual(['备注 15', 'close 15 referred', 'offer 15 A12', 'open 纠纷 2', 'find', 'auto 15'])
  expect(new History('a2', kept).all, 'another account has its own').toEqual([])
})

it('is capped, without repeats in a row, and survives a storage that was tampered with', () => {
  const kept = storage()
  const history = new History('a1', kept)
  for (let i = 0; i < 450; i++) add(history, `auto ${i % 2 === 0 ? 15 : 7}`)
  add(history, 'auto 7')
  expect(history.all).toHaveLength(200)
  expect(new History('a1', kept).all).toHaveLength(200)
  kept.setItem('dispatch.commandLine.history.a1', '{"no": "list"}')
  expect(new History('a1', kept).all).toEqual([])
})

it('finds what was sent, the newest first and each once', () => {
  const history = new History('a1', storage())
  for (const line of ['auto 15', 'hold 15', 'auto 7', 'auto 15']) add(history, line)
  expect(history.search('AUTO')).toEqual(['auto 15', 'auto 7'])
})
