import type { DispatchConsole } from '../commandLine/console'
import type { Locale } from '../locales/i18n'
import type { Desk } from './useDesk'
import type { useDeskNames } from './useDeskNames'
import type { Intake } from './useIntake'
import { askRecommendation, type LiveRecommendation } from './useRecommendation'

export interface ConsoleParts {
  readonly desk: Desk
  readonly intake: Intake
  readonly recommendation: LiveRecommendation
  readonly names: ReturnType<typeof useDeskNames>
  readonly locale: () => Locale
  readonly open: (id: string) => void
  readonly takeCall: (begin?: Parameters<Intake['open']>[0]) => void
  readonly help: () => void
}

/** The page as its command line knows it. */
export function commandConsole({ desk, intake, recommendation, names, locale, open, takeCall, help }: ConsoleParts): DispatchConsole {
  return {
    incidents: () => desk.incidents.value,
    pairs: () => desk.pairs.value,
    organisation: () => desk.organisation.value,
    selectedIncidentId: () => desk.selectedId.value,
    selectIncident: (id) => {
      intake.leave()
      if (id === null) desk.select(null)
      else open(id)
    },
    openIntake: takeCall,
    openHelp: help,
    recommendations: async (id) => (id === desk.selectedId.value && recommendation.answer.value) || askRecommendation(id, false),
    reasonText: names.reason,
    get locale() {
      return locale()
    },
  }
}
