import { valuesOf, type Command } from './command'
import type { Vocabulary } from './vocabulary'

function picked<T>(from: ReadonlyMap<string, T>, ids: readonly (string | undefined)[]): Map<string, T> {
  const result = new Map<string, T>()
  for (const id of ids) {
    const found = id === undefined ? undefined : from.get(id)
    if (id !== undefined && found !== undefined) result.set(id, found)
  }
  return result
}

/** The names that a command needs to be told of later, when what it was about has left the feeds. */
export function excerptOf(vocabulary: Vocabulary, command: Command): Vocabulary {
  const { incident, other, pair, to, pairs } = valuesOf(command)
  return { ...vocabulary, incidents: picked(vocabulary.incidents, [incident, other]), pairs: picked(vocabulary.pairs, [pair, to, ...(pairs ?? [])]) }
}
