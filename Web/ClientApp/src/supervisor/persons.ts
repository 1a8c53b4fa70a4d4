import { callApi } from '../api/http'

/** Of whom protected fields can be read. */
export type PersonsOf = { readonly kind: 'concern' | 'dispute' | 'interaction'; readonly id: string }

export interface ReadPerson {
  readonly role: string
  readonly masked: boolean
  readonly erased: boolean
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

type Protected = Readonly<Record<string, unknown>> | null

const fieldNames = ['name', 'phone', 'idNumber', 'address', 'birthYear', 'note']

function fieldsOf(person: Protected): ReadPerson['fields'] {
  return fieldNames.flatMap((name) => (person?.[name] ? [{ name, value: String(person[name]) }] : []))
}

/** Reads persons with a reason; the server logs it before it answers. The kinds answer each in their own way. */
export async function readPersons(of: PersonsOf, reason: string, minors: boolean): Promise<ReadPerson[]> {
  if (of.kind === 'interaction') {
    const person = await callApi<Protected>(`/interactions/${of.id}/person`, { method: 'POST', body: { reason } })
    return [{ role: '', masked: false, erased: false, fields: fieldsOf(person) }]
  }
  if (of.kind === 'dispute') {
    const read = await callApi<readonly { role: string; masked: boolean; erased: boolean; person: Protected }[]>(
      `/disputes/${of.id}/persons`, { method: 'POST', body: { reason, under14: minors } },
    )
    return read.map((x) => ({ role: x.role, masked: x.masked, erased: x.erased, fields: fieldsOf(x.person) }))
  }
  const { persons } = await callApi<{ persons: readonly { fields: Protected; masked: boolean }[] }>(
    `/concerns/${of.id}/persons`, { method: 'POST', body: { reason, showMinors: minors } },
  )
  return persons.map((x) => ({ role: '', masked: x.masked, erased: x.fields === null && !x.masked, fields: fieldsOf(x.fields) }))
}
