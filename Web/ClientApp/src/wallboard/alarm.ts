import type { BoardAlert, BoardAlertKind } from './boardAlert'

/** How often an alert sounds again for as long as it lasts, in milliseconds. */
export const repeatMs: Record<BoardAlertKind, number> = { panic: 4_000, supervisorNeeded: 20_000, deadlineBreached: 60_000 }

/** Says when an alert is to be heard: at once, and then again at its interval. Knows the present alerts alone, so it does not grow. */
export class AlarmSchedule {
  private heardAt = new Map<string, number>()

  /** The most urgent alert that is due now; null where none is. Those due with it have been heard with it. */
  due(alerts: readonly BoardAlert[], now: number): BoardAlertKind | null {
    const before = this.heardAt
    this.heardAt = new Map()
    let first: BoardAlertKind | null = null
    for (const { key, kind } of alerts) {
      const heard = before.get(key)
      const isDue = heard === undefined || now - heard >= repeatMs[kind]
      if (isDue) first ??= kind
      this.heardAt.set(key, isDue ? now : heard)
    }
    return first
  }
}

interface Tone {
  readonly hertz: number
  /** Seconds. */
  readonly from: number
  readonly lasts: number
}

/** Each kind has a melody of its own: danger is a siren, a decision two tones up, a deadline one low chime. */
const melodies: Record<BoardAlertKind, readonly Tone[]> = {
  panic: [0, 0.5, 1, 1.5, 2, 2.5].map((from, n) => ({ hertz: n % 2 === 0 ? 960 : 720, from, lasts: 0.46 })),
  supervisorNeeded: [{ hertz: 523, from: 0, lasts: 0.3 }, { hertz: 784, from: 0.35, lasts: 0.5 }],
  deadlineBreached: [{ hertz: 392, from: 0, lasts: 0.7 }],
}

const loudness: Record<BoardAlertKind, number> = { panic: 0.5, supervisorNeeded: 0.3, deadlineBreached: 0.2 }

/** Plays the melody of an alert. The nodes end by themselves and nothing of them stays. */
export function sound(context: AudioContext, kind: BoardAlertKind): void {
  for (const { hertz, from, lasts } of melodies[kind]) {
    const begin = context.currentTime + from
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = kind === 'panic' ? 'square' : 'sine'
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, begin)
    volume.gain.linearRampToValueAtTime(loudness[kind], begin + 0.02)
    volume.gain.setValueAtTime(loudness[kind], begin + lasts - 0.08)
    volume.gain.linearRampToValueAtTime(0, begin + lasts)
    tone.connect(volume).connect(context.destination)
    tone.start(begin)
    tone.stop(begin + lasts)
    tone.onended = () => volume.disconnect()
  }
}
