/** A matter of a search, as far as the phone shows it. */
interface FoundMatter {
  readonly kind: string
  readonly id: string
  readonly number: string
  readonly dueAt: string | null
  readonly view: { readonly title?: string | null }
}

export interface FoundMatters {
  readonly items: readonly FoundMatter[]
}

export interface RunningMatter {
  readonly kind: 'concern' | 'dispute'
  readonly id: string
  readonly number: string
  readonly title: string
  readonly dueAt: number
}

export interface HandoverSheet {
  readonly id: string
  readonly communityId: string
  readonly outgoing: readonly { readonly id: string; readonly name: string }[]
  readonly incoming: readonly { readonly id: string; readonly name: string }[]
  readonly items: readonly { readonly tickedAt?: string | null }[]
  readonly dueAt: string
}

/** Concerns and disputes whose clock runs, the one that ends first at the top. */
export function runningOf(found: FoundMatters): RunningMatter[] {
  return found.items
    .flatMap(({ kind, id, number, dueAt, view }) =>
      (kind === 'concern' || kind === 'dispute') && dueAt ? [{ kind, id, number, title: view.title ?? '', dueAt: Date.parse(dueAt) } as const] : [])
    .sort((a, b) => a.dueAt - b.dueAt)
}
