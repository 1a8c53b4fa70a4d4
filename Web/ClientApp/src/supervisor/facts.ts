import type { MatterKind } from './matter'
import type { useNames } from './useNames'

/** A line of a matter's detail: the key of its name, and what it says. */
export interface Fact {
  readonly key: string
  readonly lines: readonly string[]
}

type Names = ReturnType<typeof useNames>
type Words = (key: string, values?: Record<string, unknown>) => string

/** The parts of the views that the detail tells, each kind having some of them. */
export interface DetailView {
  readonly place?: string | null
  readonly placeName?: string | null
  readonly description?: string | null
  readonly summary?: string | null
  readonly partnerName?: string
  readonly answers?: readonly { readonly text: string; readonly at: string; readonly by: string }[]
  readonly notes?: readonly { readonly text: string; readonly at: string }[]
  readonly progress?: readonly { readonly text: string; readonly at: string }[]
  readonly hops?: readonly { readonly from: string; readonly to: string; readonly reason: string; readonly at: string }[]
  readonly parties?: readonly { readonly role: string; readonly label: string | null; readonly minor: string | null; readonly fields: readonly string[] }[]
  readonly persons?: readonly { readonly fields: readonly string[] }[]
  readonly sessions?: readonly { readonly status: string; readonly at: string; readonly room: string }[]
  readonly agreement?: { readonly form: string; readonly at: string; readonly terms: string } | null
  readonly departments?: readonly { readonly name: string; readonly status: string; readonly arrivedAt: string | null }[]
  readonly measures?: readonly { readonly what: string }[]
  readonly agenda?: readonly string[]
}

/** What a matter's view tells beside its line in a list; empty parts are left out. */
export function factsOf(view: DetailView, names: Names, t: Words): Fact[] {
  const at = names.dayAndTime
  const facts: Fact[] = [
    { key: 'place', lines: [view.place ?? view.placeName ?? ''] },
    { key: 'partner', lines: [view.partnerName ?? ''] },
    { key: 'summary', lines: [view.description ?? view.summary ?? ''] },
    { key: 'agenda', lines: view.agenda ?? [] },
    { key: 'answers', lines: (view.answers ?? []).map((x) => `${at(x.at)} ${x.text}`) },
    { key: 'progress', lines: [...(view.notes ?? []), ...(view.progress ?? [])].map((x) => `${at(x.at)} ${x.text}`) },
    {
      key: 'parties',
      lines: (view.parties ?? []).map((x) => [
        t(`supervisor.detail.party.${x.role}`), x.label ?? '', x.minor ? t(`supervisor.detail.minor.${x.minor}`) : '',
      ].filter((word) => word !== '').join(' · ')),
    },
    { key: 'hops', lines: (view.hops ?? []).map((x) => `${at(x.at)} ${names.tier(x.from)} → ${names.tier(x.to)} ${x.reason}`) },
    { key: 'sessions', lines: (view.sessions ?? []).map((x) => `${at(x.at)} ${t(`supervisor.detail.session.${x.status}`)} ${x.room}`) },
    { key: 'agreement', lines: view.agreement ? [`${at(view.agreement.at)} ${t(`supervisor.detail.form.${view.agreement.form}`)} ${view.agreement.terms}`] : [] },
    {
      key: 'departments',
      lines: (view.departments ?? []).map((x) => `${x.name} · ${t(`supervisor.detail.call.${x.status}`)}${x.arrivedAt ? ` ${at(x.arrivedAt)}` : ''}`),
    },
    { key: 'measures', lines: (view.measures ?? []).map((x) => x.what) },
  ]
  return facts.map((x) => ({ ...x, lines: x.lines.filter((line) => line.trim() !== '') })).filter((x) => x.lines.length > 0)
}

/** Whether anything of a person is kept with it. */
export function hasPersons(view: DetailView): boolean {
  return [...(view.parties ?? []), ...(view.persons ?? [])].some((x) => x.fields.length > 0)
}

/** The folder of a kind in the addresses of the API. */
export function pathOf(kind: MatterKind): string {
  return `${kind}s`
}
