import { readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ProblemError } from '../api/http'
import { newCommandId } from '../api/command'
import { useProblemText } from '../api/useProblemText'

export interface Saving {
  readonly busy: Readonly<Ref<boolean>>
  /** What was refused and belongs to no field of the form. */
  readonly problem: Readonly<ShallowRef<string | null>>
  /** Does something under a fresh command id; whether it was done. What was refused is told by {@link problem} or beside its field. */
  save(call: (commandId: string) => Promise<unknown>): Promise<boolean>
  /** What is wrong with a field. */
  of(field: string): string | null
  clear(): void
}

/** Sends a form and keeps what the server says of it. `fields` are those that the form has: a refusal of another one is told for the whole. */
export function useSaving(fields: readonly string[] = []): Saving {
  const problemText = useProblemText()
  const busy = ref(false)
  const problem = shallowRef<string | null>(null)
  const wrong = shallowRef<{ readonly field: string; readonly text: string } | null>(null)

  function clear(): void {
    problem.value = null
    wrong.value = null
  }

  async function save(call: (commandId: string) => Promise<unknown>): Promise<boolean> {
    clear()
    busy.value = true
    try {
      await call(newCommandId())
      return true
    } catch (error) {
      const text = problemText(error)
      if (error instanceof ProblemError && error.field !== null && fields.includes(error.field)) wrong.value = { field: error.field, text }
      else problem.value = text
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy: readonly(busy), problem, save, of: (field) => (wrong.value?.field === field ? wrong.value.text : null), clear }
}
