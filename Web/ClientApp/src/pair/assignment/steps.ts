import type { QueuedCommand } from '../queue/queuedCommand'
import type { Step } from '../state/pairFeed'

/** The way of an assignment, in order. */
export const steps = ['committed', 'enRoute', 'onScene', 'reported', 'cleared'] as const satisfies readonly Step[]

export function nextStep(step: Step): Step | null {
  return steps[steps.indexOf(step) + 1] ?? null
}

export interface Progress {
  readonly step: Step
  /** It was said here and the server has not heard it. */
  readonly unsent: boolean
}

/** How far the pair is, with what was said on this phone and is still on its way. */
export function progressOf(told: Step, incidentId: string, queue: readonly QueuedCommand[]): Progress {
  const said = queue
    .filter(({ kind, state, subject }) => kind === 'step' && state === 'waiting' && subject === incidentId)
    .map(({ detail }) => steps.indexOf(detail as Step))
  const furthest = Math.max(-1, ...said)
  const known = steps.indexOf(told)
  const step = steps[Math.max(furthest, known)] ?? told
  return { step, unsent: furthest > known }
}
