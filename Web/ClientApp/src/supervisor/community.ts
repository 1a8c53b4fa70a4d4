import type { Community } from '../organisation/organisation'

/** A community in figures, as a station's feed has it under `community/{id}`. */
export interface CommunitySummary {
  readonly communityId: string
  readonly stationId: string
  readonly interactionsToday: Readonly<Record<string, number>>
  readonly participantsToday: number
  readonly lastInteractionAt: string | null
  /** Open matters by kind. */
  readonly open: Readonly<Record<string, number>>
  /** Of those, with a clock that is over. */
  readonly overdue: Readonly<Record<string, number>>
}

export type ClockState = 'ok' | 'due' | 'overdue'
export type Cover = 'none' | 'oneOfficer' | 'fullPair'

/** What the roll-out board says of a community, as far as the list shows it. */
export interface Standing {
  readonly cover: Cover
  readonly contact: { readonly state: ClockState }
  readonly lastContactAt: string | null
}

/** A line of the list of communities. */
export interface CommunityLine {
  readonly community: Community
  /** Null before the station has told. */
  readonly summary: CommunitySummary | null
  readonly interactionsToday: number
  readonly overdue: number
  readonly lastContactAt: number | null
  readonly contact: ClockState | null
  readonly cover: Cover | null
}

export function sumOf(counts: Readonly<Record<string, number>> | undefined): number {
  return Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)
}

function lineOf(community: Community, summary: CommunitySummary | undefined, standing: Standing | undefined): CommunityLine {
  const live = summary?.lastInteractionAt ? Date.parse(summary.lastInteractionAt) : null
  const board = standing?.lastContactAt ? Date.parse(standing.lastContactAt) : null
  return {
    community,
    summary: summary ?? null,
    interactionsToday: sumOf(summary?.interactionsToday),
    overdue: sumOf(summary?.overdue),
    lastContactAt: live === null ? board : Math.max(live, board ?? live),
    // The board is asked now and then; a contact that it does not know yet answers its clock.
    contact: standing ? (live !== null && live > (board ?? 0) ? 'ok' : standing.contact.state) : null,
    cover: standing?.cover ?? null,
  }
}

const urgency: Readonly<Record<ClockState, number>> = { overdue: 2, due: 1, ok: 0 }

/**
 * The list of communities: most clocks that are over first, then those without contact for too long, then as the organisation has them. What was
 * closed is no part of it, and nothing that changes with every interaction, so the lines do not jump.
 */
export function communityLines(
  communities: readonly Community[],
  summaries: ReadonlyMap<string, CommunitySummary>,
  standings: ReadonlyMap<string, Standing>,
): CommunityLine[] {
  return communities
    .map((community) => lineOf(community, summaries.get(community.id), standings.get(community.id)))
    .sort((a, b) => b.overdue - a.overdue || urgency[b.contact ?? 'ok'] - urgency[a.contact ?? 'ok'])
}

/** Totals of a list. */
export function totalsOf(lines: readonly CommunityLine[]): { interactions: number; concerns: number; disputes: number; overdue: number } {
  return lines.reduce(
    (sum, line) => ({
      interactions: sum.interactions + line.interactionsToday,
      concerns: sum.concerns + (line.summary?.open['concern'] ?? 0),
      disputes: sum.disputes + (line.summary?.open['dispute'] ?? 0),
      overdue: sum.overdue + line.overdue,
    }),
    { interactions: 0, concerns: 0, disputes: 0, overdue: 0 },
  )
}
