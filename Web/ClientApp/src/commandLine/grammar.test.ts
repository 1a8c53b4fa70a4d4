import { describe, expect, it } from 'vitest'
import { commandLineEn } from '../locales/commandLine.en'
import { commandLineZhCN } from '../locales/commandLine.zh-CN'
import type { Locale } from '../locales/i18n'
import { applySuggestion, complete } from './complete'
import type { Command } from './command'
import { format } from './format'
import { parse } from './parse'
import { anyCommand } from './testing/commands'
import { Random } from './testing/random'
import { vocabulary as words } from './testing/vocabulary'
import { folded, tokensOf } from './tokens'
import { specOfKind, verbs } from './verbs'
import { wordsOf } from './words'

const locales: readonly Locale[] = ['zh-CN', 'en']
const rounds = 3000

function understood(text: string): Command | null {
  return parse(text, words).command
}

function problem(text: string): string {
  const found = parse(text, words).problem
  return found ? `${found.code} ${found.start}-${found.end}` : 'none'
}

describe('what dispatchers type', () => {
  it.each<[string, Partial<Command>]>([
    ['派警 mudan14 牡丹-01', { kind: 'offer', incident: 'i14', pairs: ['mudan-01'] }],
    ['pj 牡丹14 mudan1、曹县1 +90秒', { kind: 'offer', incident: 'i14', pairs: ['mudan-01', 'caoxian-01'], options: { seconds: 90 } }],
    ['of B06-14 A12', { kind: 'offer', incident: 'b14', pairs: ['sf-12'] }],
    ['offer A12 A123', { kind: 'offer', incident: 'i15', pairs: ['sf-12', 'sf-123'] }],
    ['ＯＦＦＥＲ　Ｂ０６－１４　a12', { kind: 'offer', incident: 'b14', pairs: ['sf-12'] }],
    ['assign 15 A12 adam12 nearest of all', { kind: 'assign', incident: 'i15', pairs: ['sf-12', 'odd-1'], text: 'nearest of all' }],
    ['指派 15 A12 ：1 号楼', { kind: 'assign', incident: 'i15', pairs: ['sf-12'], text: '1 号楼' }],
    ['n . 老人，已找到', { kind: 'note', incident: 'i15', text: '老人，已找到' }],
    ['备注 15 14 号楼门口', { kind: 'note', incident: 'i15', text: '14 号楼门口' }],
    ['c 15 受理', { kind: 'close', incident: 'i15', disposition: 'reportTaken' }],
    ['办结 转交 已转街道', { kind: 'close', incident: 'i15', disposition: 'referred', text: '已转街道' }],
    ['到达 牡丹3', { kind: 'status', incident: 'i15', pair: 'mudan-03', status: 'onScene' }],
    ['status 牡丹3 cleared all calm', { kind: 'status', incident: 'i15', pair: 'mudan-03', status: 'cleared', text: 'all calm' }],
    ['accept mudan2', { kind: 'accept', incident: 'i14', pair: 'mudan-02' }],
    ['拒签 牡丹-02 距离', { kind: 'decline', incident: 'i14', pair: 'mudan-02', reasonCode: 'tooFar' }],
    ['recall 牡丹-10 不再需要', { kind: 'recall', incident: 'i15', pair: 'mudan-10', text: '不再需要' }],
    ['hb 7 B06-14', { kind: 'merge', incident: 'j7', other: 'b14' }],
    ['reopen 9', { kind: 'reopen', incident: 'm9' }],
    ['接警 纠纷 2 东城 夫妻争吵', { kind: 'open', category: 'dispute', priority: 2, community: 'mudan-dongcheng', text: '夫妻争吵' }],
    ['open 夫妻争吵', { kind: 'open', text: '夫妻争吵' }],
    ['移交 15 曹县 辖区在曹县', { kind: 'transfer', incident: 'i15', station: 'caoxian', text: '辖区在曹县' }],
    ['增援 15 2对 +自动 人群聚集', { kind: 'backup', incident: 'i15', count: 2, options: { auto: true }, text: '人群聚集' }],
    ['定级 . 1级 有刀', { kind: 'priority', incident: 'i15', priority: 1, text: '有刀' }],
    ['pri mudan14 p3 calm by now', { kind: 'priority', incident: 'i14', priority: 3, text: 'calm by now' }],
    ['category publicOrder 20 people', { kind: 'category', incident: 'i15', category: 'publicOrder', text: '20 people' }],
    ['15', { kind: 'select', incident: 'i15' }],
    ['help 派警', { kind: 'help', topic: 'offer' }],
    ['？', { kind: 'help' }],
    ['活动 牡丹1 巡逻', { kind: 'activity', pair: 'mudan-01', activity: 'patrol' }],
    ['离队 牡丹1 绿叶 就医', { kind: 'leave', pair: 'mudan-01', member: 'greenLeaf', text: '就医' }],
  ])('%s', (text, command) => {
    expect(understood(text), problem(text)).toEqual(command)
  })

  it.each([
    ['foo 14', 'unknownVerb 0-3'],
    ['offer 0014 A12', 'ambiguousIncident 6-10'],
    ['offer 99 A12', 'unknownIncident 6-8'],
    ['priority 15 5 x', 'notNumber 12-13'],
    ['offer 15', 'missing 8-8'],
    ['offer 15 A1', 'ambiguousPair 9-11'],
    ['offer 15 X9', 'unknownPair 9-11'],
    ['offer 15 A12 A99', 'unknownPair 13-16'],
    ['offer 15 A12 a12', 'pairTwice 13-16'],
    ['offer 15 A12 +fast', 'unknownOption 13-18'],
    ['offer 15 A12 +single', 'needsReason 20-20'],
    ['note 15', 'missing 7-7'],
    ['note everything is fine', 'unknownIncident 5-15'],
    ['close 15 做饭', 'unknownWord 9-11'],
    ['merge 15 15', 'sameIncident 9-11'],
    ['handover 牡丹3 牡丹3 x', 'samePair 13-16'],
    ['accept 牡丹1', 'noOffer 7-10'],
    ['status 牡丹1 enRoute', 'noCommitment 7-10'],
    ['backup 15 99 x', 'notNumber 10-12'],
    ['undo now', 'extra 5-8'],
  ])('%s: %s', (text, expected) => {
    expect(problem(text)).toBe(expected)
  })
})

it('has no form that stands for two commands', () => {
  const taken = new Map<string, string>()
  for (const verb of wordsOf('verb')) {
    for (const form of `${verb} ${commandLineZhCN.words.verb[verb]} ${commandLineEn.words.verb[verb]}`.split(' ').map(folded)) {
      expect(taken.get(form) ?? verb, form).toBe(verb)
      taken.set(form, verb)
    }
  }
})

it('has every word in the table of verbs, and names of arguments in both languages', () => {
  expect(new Set(verbs.map(({ verb }) => verb))).toEqual(new Set(wordsOf('verb')))
  for (const { args, kind } of verbs) {
    expect(specOfKind(kind)).toBeDefined()
    for (const { label } of args) expect([commandLineZhCN.arg[label], commandLineEn.arg[label]].every(Boolean), label).toBe(true)
  }
})

it('understands what it writes, in both languages', () => {
  const random = new Random(20261125)
  for (let i = 0; i < rounds; i++) {
    const command = anyCommand(random, words)
    const text = format(command, words, random.of(locales))
    expect(understood(text), `${text} ${problem(text)}`).toEqual(command)
  }
})

const pieces = ['派警', 'offer', 'note', 'open', 'close', 'status', 'accept', '14', '15', '.', '牡丹', 'A12', 'A1', '+', '+90', '+x', ':', '：', '、', '，', ' ', '　', '\t', '??', '🙂', '纠纷', 'x'.repeat(600), '"', '\\', '%', '\u0000', 'İ', '-']

function anyText(random: Random): string {
  return Array.from({ length: random.below(9) }, () => random.of(pieces) + (random.chance(0.7) ? ' ' : '')).join('')
}

it('never throws, and says where a line is wrong', () => {
  const random = new Random(7)
  for (let i = 0; i < rounds; i++) {
    const text = anyText(random)
    const { command, problem: wrong, spans, verb, active } = parse(text, words)
    expect(tokensOf(text).length === 0 || (command === null) !== (wrong === null), text).toBe(true)
    for (const { start, end } of [...(wrong ? [wrong] : []), ...spans]) {
      expect(start >= 0 && start <= end && end <= text.length, `${text} ${start}-${end}`).toBe(true)
    }
    expect(active >= -1 && active <= (verb?.args.length ?? 0)).toBe(true)
    expect(() => complete(text, { vocabulary: words, locale: 'zh-CN', recommended: [] })).not.toThrow()
  }
})

it('offers nothing that is not understood', () => {
  const random = new Random(11)
  let offered = 0
  for (let i = 0; i < rounds; i++) {
    const locale = random.of(locales)
    const line = format(anyCommand(random, words), words, locale)
    const text = line.slice(0, random.below(line.length + 1)) + (random.chance(0.3) ? ' ' : '')
    const completion = complete(text, { vocabulary: words, locale, recommended: [] })
    for (const suggestion of completion.suggestions) {
      const next = applySuggestion(text, completion, suggestion)
      const wrong = parse(next, words).problem
      const end = completion.replaces.start + suggestion.insert.length
      expect(wrong === null || wrong.code === 'missing' || wrong.start >= end, `${text} → ${next}: ${wrong?.code}`).toBe(true)
      offered++
    }
  }
  expect(offered).toBeGreaterThan(rounds)
})

it('leads from nothing to any command by what it offers', () => {
  const shown = (text: string) => complete(text, { vocabulary: words, locale: 'zh-CN', recommended: [] }).suggestions.map(({ insert }) => insert)
  expect(shown('派')).toContain('派警')
  expect(shown('pj')[0]).toBe('派警')
  expect(shown('派警 ').indexOf('牡丹-01'), 'for the selected incident the pairs come first').toBeLessThan(shown('派警 ').indexOf('0015'))
  expect(shown('派警 东城')).toContain('0015')
  expect(shown('派警 15 ')).toContain('牡丹-01')
  expect(shown('派警 ')).toContain('牡丹-01')
  expect(shown('派警 15 牡丹-01 ')).toContain('+60秒')
  expect(shown('派警 15 牡丹-01 ')).not.toContain('牡丹-01')
  expect(shown('签收 ')[0]).toBe('牡丹-02')
  expect(shown('办结 15 ')).toEqual(['受理登记', '转交处理', '情况不实'])
  expect(shown('重开 ')[0]).toBe('0009')
  expect(shown('备注 15 牡'), 'free words are not completed').toEqual([])
  expect(shown('派警 99 ')).toEqual([])
})

it('puts recommended pairs first, with their place', () => {
  const recommended = ['sf-123', 'mudan-02'].map((pairId, i) => ({ pairId, score: i, distanceMetres: 1200, etaSeconds: 180, reasons: [], stationId: 's', preempts: null }))
  const [first, second] = complete('offer 15 ', { vocabulary: words, locale: 'en', recommended }).suggestions
  expect([first?.insert, second?.insert]).toEqual(['A123', '牡丹-02'])
  expect(first).toMatchObject({ rank: 1, recommended: { etaSeconds: 180 } })
})
