import { callApi } from '../../api/http'
import type { RollOut } from '../rollOut'

/** A handover sheet, as far as its clock goes. */
export interface HandoverSheet {
  readonly id: string
  readonly pairId: string
  readonly communityId: string
  readonly stationId: string
  readonly openedAt: string
  readonly dueAt: string
  readonly items: readonly { readonly tickedAt?: string | null }[]
}

export function loadHandovers(): Promise<readonly HandoverSheet[]> {
  return callApi('/handover-sheets')
}

/** Something about who looks after a community that has a clock. */
export interface CareAlert {
  readonly key: string
  readonly kind: 'handover' | 'succession'
  readonly communityId: string
  readonly callSign: string | null
  readonly pairId: string
  readonly dueAt: number
  /** Items that nobody has taken over yet; null for a succession. */
  readonly openItems: number | null
}

const dayMs = 86_400_000

/** Open handover sheets and successions that are to be decided, the first that is over first. */
export function careAlerts(sheets: readonly HandoverSheet[], board: RollOut | null, stationId: string | null): CareAlert[] {
  const alerts: CareAlert[] = sheets.filter((x) => stationId === null || x.stationId === stationId).map((x) => ({
    key: x.id, kind: 'handover', communityId: x.communityId, callSign: null, pairId: x.pairId, dueAt: Date.parse(x.dueAt),
    openItems: x.items.filter((item) => !item.tickedAt).length,
  }))
  for (const row of board?.communities ?? []) {
    for (const pair of row.pairs) {
      if (pair.succession.state === 'ok' || board === null) continue
      alerts.push({
        key: `succession/${pair.pairId}`, kind: 'succession', communityId: row.communityId, callSign: pair.callSign, pairId: pair.pairId,
        dueAt: Date.parse(board.at) + (pair.succession.number ?? 0) * dayMs, openItems: null,
      })
    }
  }
  return alerts.sort((a, b) => a.dueAt - b.dueAt || a.key.localeCompare(b.key))
}
