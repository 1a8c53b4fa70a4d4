import { readonly, shallowRef } from 'vue'

export type NoticeKind = 'done' | 'refused' | 'warning'

export interface Notice {
  readonly id: number
  readonly kind: NoticeKind
  readonly text: string
  /** Something that can be done about it, for instance taking it back. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

const most = 4
const shownForMs = { done: 4_000, warning: 10_000, refused: 10_000 } as const
const shown = shallowRef<readonly Notice[]>([])
let next = 1

/** What the page has to say of what was done, newest last; {@link NoticeHost} shows it. */
export const notices = readonly(shown)

export function dismissNotice(id: number): void {
  shown.value = shown.value.filter((notice) => notice.id !== id)
}

/** Says something for some seconds; what was refused stays longer. */
export function notify(kind: NoticeKind, text: string, action?: Notice['action']): void {
  const notice: Notice = { id: next++, kind, text, ...(action ? { action } : {}) }
  shown.value = [...shown.value.slice(1 - most), notice]
  setTimeout(() => dismissNotice(notice.id), shownForMs[kind])
}
