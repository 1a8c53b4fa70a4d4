import type { Incident, Location, Priority } from '../incidents/incident'
import type { Recommendation } from '../incidents/recommendation'
import type { Locale } from '../locales/i18n'
import type { Organisation } from '../organisation/organisation'
import type { Pair } from '../pairs/pair'

/** What is known of an incident before it is opened; the form that takes a call begins with it. */
export interface IntakeDraft {
  readonly category?: string
  readonly priority?: Priority
  readonly communityId?: string
  readonly location?: Location
  readonly summary?: string
}

/**
 * What the command line asks of the page on which it stands. Lists are read while somebody types, from inside of computed values: they are to be reactive, and cheap to ask for.
 * Commands are sent by the command line itself.
 */
export interface DispatchConsole {
  /** All incidents of the feeds, in any order; those that have just ended too. */
  incidents(): readonly Incident[]
  /** All pairs of the feeds, in any order, off duty too. */
  pairs(): readonly Pair[]
  /** Null until it is loaded. */
  organisation(): Organisation | null
  /** What `.` stands for. */
  selectedIncidentId(): string | null
  /** Shows an incident, also one that is on no feed any more; null shows none. */
  selectIncident(id: string | null): void
  /** Begins to take a call. */
  openIntake(draft?: IntakeDraft): void
  /** Shows the keys and commands of the page. */
  openHelp(): void
  /** Who could go. The page may answer from what it has, where that is seconds old. */
  recommendations(incidentId: string): Promise<Recommendation>
  /** Says in the language of the screen what a code of a recommendation's reason, shortfall or penalty means. */
  reasonText(code: string): string
  readonly locale: Locale
}
