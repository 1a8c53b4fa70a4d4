import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { History } from './history'

export interface HistoryWalk {
  /** An earlier line stands there as it was sent. */
  readonly walking: ComputedRef<boolean>
  readonly searching: ShallowRef<boolean>
  /** What is searched for. */
  readonly wanted: ShallowRef<string>
  readonly found: ComputedRef<readonly string[]>
  older(): boolean
  newer(): boolean
  stop(): void
  search(): void
  endSearch(): void
  pick(line: string | undefined): void
}

const mostFound = 50

/** Walks and searches the earlier lines; what was being written comes back at their end. */
export function useHistoryWalk(history: History, text: ShallowRef<string>, write: (line: string) => void): HistoryWalk {
  const at = shallowRef<number | null>(null)
  const searching = shallowRef(false)
  const wanted = shallowRef('')
  let draft = ''

  function go(to: number): boolean {
    const line = history.all[to]
    if (line === undefined) return false
    if (at.value === null) draft = text.value
    at.value = to
    write(line)
    return true
  }

  function newer(): boolean {
    if (at.value === null) return false
    if (go(at.value + 1)) return true
    at.value = null
    write(draft)
    return true
  }

  function endSearch(): void {
    searching.value = false
    wanted.value = ''
  }

  return {
    walking: computed(() => at.value !== null),
    searching,
    wanted,
    found: computed(() => (searching.value ? history.search(wanted.value).slice(0, mostFound) : [])),
    older: () => go((at.value ?? history.all.length) - 1),
    newer,
    stop: () => (at.value = null),
    search: () => {
      searching.value = true
      wanted.value = text.value
    },
    endSearch,
    pick: (line) => {
      if (line === undefined) return
      endSearch()
      write(line)
    },
  }
}
