import { callApi } from '../../api/http'

/** A page of matters, as `GET /matters` answers. */
export interface MatterPage {
  readonly items: readonly { readonly kind: string; readonly view: unknown }[]
  readonly nextCursor: string | null
}

/** Asks for open matters with something particular about them. */
export function loadMatters(particular: Readonly<Record<string, string>>, stationId: string | null): Promise<MatterPage> {
  const query = new URLSearchParams({ open: 'true', limit: '100', ...particular })
  if (stationId) query.set('stationId', stationId)
  return callApi(`/matters?${query}`)
}
