import { onUnmounted, readonly, ref, watch, type Ref } from 'vue'

const storageKey = 'dispatch.muted'
const muted = ref(localStorage.getItem(storageKey) === 'yes')

/** Whether alerts make no sound at this desk. */
export const isMuted = readonly(muted)

export function toggleMuted(): void {
  muted.value = !muted.value
  localStorage.setItem(storageKey, muted.value ? 'yes' : 'no')
}

/** Tones in hertz, one after the other: danger rises and repeats, everything else is a short call. */
const tones = { danger: [660, 990, 660, 990, 660, 990], call: [740, 590] } as const
const toneSeconds = 0.17
/** A danger that nobody has opened is called out again. */
const againMs = 8_000

export type AlarmLevel = 'danger' | 'call' | null

/** Browsers let a page sound only after somebody has touched it. */
let audio: AudioContext | null = null
function wake(): void {
  audio ??= new AudioContext()
  void audio.resume()
}

function sound(level: keyof typeof tones): void {
  if (muted.value || !audio || audio.state !== 'running') return
  const volume = audio.createGain()
  volume.gain.value = 0.12
  volume.connect(audio.destination)
  tones[level].forEach((hertz, index) => {
    if (!audio) return
    const tone = audio.createOscillator()
    tone.frequency.value = hertz
    tone.connect(volume)
    tone.start(audio.currentTime + index * toneSeconds)
    tone.stop(audio.currentTime + (index + 0.85) * toneSeconds)
  })
}

/** Sounds when something joins `keys`, and again and again while `level` says danger. */
export function useAlarm(keys: Readonly<Ref<readonly string[]>>, level: Readonly<Ref<AlarmLevel>>): void {
  addEventListener('pointerdown', wake, { passive: true })
  addEventListener('keydown', wake, { passive: true })
  let known: ReadonlySet<string> | null = null
  watch(keys, (now) => {
    // What is there when the page opens is no news; danger sounds by its repetition.
    if (known && level.value && now.some((key) => !known?.has(key))) sound(level.value)
    known = new Set(now)
  })
  const repeat = setInterval(() => {
    if (level.value === 'danger') sound('danger')
  }, againMs)
  onUnmounted(() => {
    clearInterval(repeat)
    removeEventListener('pointerdown', wake)
    removeEventListener('keydown', wake)
  })
}
