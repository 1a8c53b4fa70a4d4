/** The sound of an offer: two rising tones, hard to miss in traffic. Made here, so that it needs no file and no line. */
const tones = [{ hertz: 880, from: 0, to: 0.18 }, { hertz: 1175, from: 0.22, to: 0.48 }] as const
const buzz = [500, 150, 500]
const everyMs = 2_000

let context: AudioContext | null = null

/** Browsers let a page sound only after somebody has touched it. */
export function unlockSound(): void {
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume().catch(() => {})
}

export function canSound(): boolean {
  return context?.state === 'running'
}

function ring(): void {
  navigator.vibrate?.(buzz)
  if (!context || context.state !== 'running') return
  const now = context.currentTime
  for (const { hertz, from, to } of tones) {
    const source = context.createOscillator()
    const loudness = context.createGain()
    source.type = 'square'
    source.frequency.value = hertz
    loudness.gain.setValueAtTime(0, now + from)
    loudness.gain.linearRampToValueAtTime(0.35, now + from + 0.02)
    loudness.gain.setValueAtTime(0.35, now + to - 0.04)
    loudness.gain.linearRampToValueAtTime(0, now + to)
    source.connect(loudness).connect(context.destination)
    source.start(now + from)
    source.stop(now + to)
  }
}

/** Rings and buzzes until the returned function is called. */
export function startAlarm(): () => void {
  ring()
  const timer = setInterval(ring, everyMs)
  return () => {
    clearInterval(timer)
    navigator.vibrate?.(0)
  }
}
