import { inject, onMounted, provide, type InjectionKey, type ShallowRef } from 'vue'
import { useAsking, type Asking } from '../supervisor/useAsking'
import { loadAdminOrganisation, type AdminOrganisation } from './organisation'

export interface OrganisationSource {
  readonly organisation: Readonly<ShallowRef<AdminOrganisation | null>>
  readonly asking: Asking<AdminOrganisation>
  /** Reads it anew, after a change or where somebody else made one. */
  reload(): Promise<void>
}

const key: InjectionKey<OrganisationSource> = Symbol('organisation')

/** Loads the organisation once for all views of the page. */
export function provideOrganisation(): OrganisationSource {
  const asking = useAsking<AdminOrganisation>()
  const source = { organisation: asking.answer, asking, reload: () => asking.ask(loadAdminOrganisation) }
  provide(key, source)
  onMounted(source.reload)
  return source
}

export function useOrganisation(): OrganisationSource {
  const source = inject(key)
  if (!source) throw new Error('The organisation is provided by the page.')
  return source
}
