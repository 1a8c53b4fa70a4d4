import type { Assignment, Incident, Offer } from '../../incidents/incident'
import type { Pair } from '../../pairs/pair'
import { vocabularyOf, type Known, type Vocabulary } from '../vocabulary'

export function part(pairId: string, status: Assignment['status']): Assignment {
  return { pairId, status, offeredAt: null, acceptedAt: null, enRouteAt: null, onSceneAt: null, reportedAt: null, clearedAt: null }
}

export function offer(id: string, pairId: string, status: Offer['status'] = 'pending'): Offer {
  return { id, pairId, status, offeredAt: '2026-11-25T08:00:00Z', expiresAt: '2026-11-25T08:00:30Z' }
}

export function incident(id: string, number: string, more: Partial<Incident> = {}): Incident {
  return {
    id, number, status: 'new', category: 'dispute', priority: 2, location: null, communityId: 'mudan-dongcheng', stationId: number.split('-')[0] ?? '', pairsNeeded: 1,
    openedAt: '2026-11-25T08:00:00Z', closedAt: null, version: 1, dispatchDueAt: null, alerts: [], offers: [], assignments: [], ...more,
  }
}

export function pair(id: string, callSign: string, more: Partial<Pair> = {}): Pair {
  return {
    id, callSign, stationId: id.split('-')[0] ?? '', communityId: null, officers: [{ id: `${id}-a`, role: 'greenLeaf' }, { id: `${id}-b`, role: 'redFlower' }], duty: 'onDuty', activity: 'available',
    availability: 'available', commitment: null, position: null, version: 1, ...more,
  }
}

function committed(incidentId: string, status: NonNullable<Pair['commitment']>['status']): Pick<Pair, 'commitment' | 'availability'> {
  return { availability: 'notAvailable', commitment: { incidentId, offerId: null, status, since: '2026-11-25T08:00:00Z' } }
}

export const known: Known = {
  incidents: [
    incident('i14', 'mudan-261125-0014', { offers: [offer('i14-o1', 'mudan-02')] }),
    incident('i15', 'mudan-261125-0015', { status: 'onScene', assignments: [part('mudan-03', 'onScene'), part('mudan-10', 'stacked')] }),
    incident('c14', 'caoxian-261125-0014', { priority: 1, category: 'criminal', stationId: 'caoxian', communityId: 'caoxian-daji' }),
    incident('j7', 'juye-261125-0007', { stationId: 'juye', status: 'onHold' }),
    incident('b14', 'B06-14', { stationId: 'juye' }),
  ],
  ended: [incident('m9', 'mudan-261125-0009', { status: 'closed' }), incident('m8', 'mudan-261125-0008', { status: 'merged' })],
  pairs: [
    pair('mudan-01', '牡丹-01'), pair('mudan-02', '牡丹-02'), pair('mudan-03', '牡丹-03', committed('i15', 'onScene')), pair('mudan-10', '牡丹-10', { duty: 'offDuty' }), pair('caoxian-01', '曹县-01'),
    pair('sf-12', 'A12'), pair('sf-123', 'A123'), pair('odd-1', 'Adam 12'), pair('odd-2', '+7'), pair('odd-3', '14'),
  ],
  organisation: {
    bureau: { id: 'heze', name: '菏泽市公安局' },
    stations: [{ id: 'mudan', name: '牡丹区', nameEn: 'Mudan District' }, { id: 'caoxian', name: '曹县', nameEn: 'Cao County' }, { id: 'juye', name: '巨野县', nameEn: 'Juye County' }],
    communities: [
      { id: 'mudan-dongcheng', name: '东城街道', nameEn: 'Dongcheng Subdistrict', stationId: 'mudan', centre: { lat: 35.2, lon: 115.5 } },
      { id: 'caoxian-daji', name: '大集镇', nameEn: 'Daji Town', stationId: 'caoxian', centre: { lat: 34.7, lon: 115.6 } },
    ],
    pairs: [],
    categories: [{ code: 'criminal', name: '刑事', nameEn: 'Criminal' }, { code: 'dispute', name: '纠纷', nameEn: 'Dispute' }, { code: 'publicOrder', name: '治安', nameEn: 'Public order' }],
    dispositions: [{ code: 'reportTaken', name: '受理登记', nameEn: 'Report taken' }, { code: 'referred', name: '转交处理', nameEn: 'Referred' }, { code: 'unfounded', name: '情况不实', nameEn: 'Unfounded' }],
    declineReasons: [{ code: 'busy', name: '正在处理其他事务', nameEn: 'Busy' }, { code: 'tooFar', name: '距离过远', nameEn: 'Too far away' }, { code: 'other', name: '其他原因', nameEn: 'Other' }],
    boundariesIllustrative: false,
  },
  selectedId: 'i15',
}

export const vocabulary: Vocabulary = vocabularyOf(known)
