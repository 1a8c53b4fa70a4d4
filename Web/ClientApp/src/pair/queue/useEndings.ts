import { useI18n } from 'vue-i18n'
import { ProblemError } from '../../api/http'
import { useProblemText } from '../../api/useProblemText'
import { notify } from '../../controls/notices'
import type { Outcome, QueuedCommand } from './queuedCommand'

/** Says what became of what was decided: what was refused always, what was done only where nothing else on the screen shows it. */
export function useEndings(openQueue: () => void): (command: QueuedCommand, outcome: Outcome) => void {
  const { t } = useI18n()
  const problemText = useProblemText()
  return (command, outcome) => {
    if (outcome.kind === 'refused') {
      const { status, code, detail } = outcome.refusal
      const why = problemText(new ProblemError(status, code, detail))
      const text = t('phone.queue.refusedTitle', { what: t(`phone.queue.kind.${command.kind}`), why })
      notify('refused', text, { label: t('phone.line.look'), run: openQueue })
    } else if (command.kind === 'interaction') notify('done', t('phone.log.saved'))
    else if (command.kind === 'withdraw') notify('done', t('phone.log.takenBack'))
    else if (command.kind === 'backup') notify('done', t('phone.assignment.backupSent'))
  }
}
