import { onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import { keepDraft, keptDraft } from '../device/keptState'
import { usePhone } from '../state/phone'

const keepAfterMs = 300

/** Half-written words, kept on the phone until they are sent or the phone is signed out. */
export function useDraft(of: string): ShallowRef<string> {
  const { database } = usePhone()
  const text = shallowRef('')
  let timer: ReturnType<typeof setTimeout> | undefined
  onMounted(async () => {
    const kept = await keptDraft(database, of)
    if (text.value === '') text.value = kept
  })
  watch(text, (next) => {
    clearTimeout(timer)
    // Not stopped with the page: what was typed last is kept as well.
    timer = setTimeout(() => void keepDraft(database, of, next).catch(() => {}), next === '' ? 0 : keepAfterMs)
  })
  return text
}
