import { valuesOf, type Command, type Values } from '../command'
import { keyOf } from '../naming'
import { takesPart } from '../parse'
import { specOfKind, verbs, type ArgSpec } from '../verbs'
import type { Vocabulary } from '../vocabulary'
import { wordsOf } from '../words'
import type { Random } from './random'

const phrases = ['老人已找到', '12345 转来', '14 号楼门口', ': 冒号开头', '：全角冒号', '+像选项', 'A12 went home', '  two  spaces ', 'P1', '纠纷 2 人', '东城', '。，、', '.', '90s', '👍 到了', 'mudan-261125-0014']

function options(arg: ArgSpec, random: Random): Values['options'] {
  const chosen = (arg.allow ?? []).filter(() => random.chance(0.5))
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen.map((name) => [name, name === 'seconds' ? 1 + random.below(600) : true]))
}

function value(arg: ArgSpec, random: Random, words: Vocabulary): Values[keyof Values] {
  switch (arg.kind) {
    case 'incident': return random.of([...words.incidents.keys()])
    case 'pair': return random.of([...words.pairs.keys()])
    case 'pairs': return random.some([...words.pairs.keys()], 1)
    case 'category': return keyOf(random.of(words.categories))
    case 'disposition': return keyOf(random.of(words.dispositions))
    case 'declineReason': return keyOf(random.of(words.declineReasons))
    case 'station': return keyOf(random.of(words.stations))
    case 'community': return keyOf(random.of(words.communities))
    case 'priority': return 1 + random.below(4)
    case 'number': return 1 + random.below(50)
    case 'status': return random.of(wordsOf('status'))
    case 'activity': return random.of(wordsOf('activity'))
    case 'member': return random.of(wordsOf('member'))
    case 'verb': return random.of(wordsOf('verb'))
    case 'service': return random.of(['12345', '城管', '120'])
    case 'options': return options(arg, random)
    case 'text': return random.of(phrases).trim()
  }
}

/** A command of any kind that the grammar allows. */
export function anyCommand(random: Random, words: Vocabulary): Command {
  for (;;) {
    const spec = specOfKind(random.of(verbs).kind)
    if (!spec) continue
    const values: Record<string, unknown> = {}
    for (const arg of spec.args) {
      const given = arg.optional && random.chance(0.4) ? undefined : value(arg, random, words)
      if (given !== undefined) values[arg.name] = given
    }
    const command = { kind: spec.kind, ...values } as Command
    if (isSensible(command, words)) return command
  }
}

function isSensible(command: Command, words: Vocabulary): boolean {
  const values = valuesOf(command)
  const of = values.incident === undefined ? undefined : words.incidents.get(values.incident)
  const offered = command.kind === 'accept' || command.kind === 'decline' || command.kind === 'withdraw'
  return !(values.other !== undefined && values.other === values.incident) && !(values.to !== undefined && values.to === values.pair) && !(values.options?.single && values.text === undefined)
    && !(offered && !of?.offers.some((x) => x.pairId === values.pair && x.status === 'pending'))
    && !(command.kind === 'recall' && of !== undefined && !takesPart(of, command.pair))
}
