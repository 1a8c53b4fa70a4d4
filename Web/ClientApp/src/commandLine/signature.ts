import type { Say } from './sentence'
import type { VerbSpec } from './verbs'
import { formOf, formsOf } from './words'

export interface SignaturePart {
  /** The argument's place; -1 for the verb. */
  readonly arg: number
  readonly text: string
}

/** How a command is written: its verb and what it takes, with what may be left out in brackets. */
export function signatureOf(spec: VerbSpec, say: Say): SignaturePart[] {
  return [
    { arg: -1, text: formOf('verb', spec.verb, say.locale) },
    ...spec.args.map(({ label, kind, optional, implied }, arg) => {
      const word = `${kind === 'options' ? '+' : ''}${say.t(`commandLine.arg.${label}`)}`
      return { arg, text: optional || implied ? `[${word}]` : `‹${word}›` }
    }),
  ]
}

/** Everything else that stands for the verb, each once. */
export function otherForms(spec: VerbSpec, say: Say): string[] {
  return [...new Set(formsOf('verb', spec.verb, say.locale))].slice(1)
}
