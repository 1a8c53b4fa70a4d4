import { shallowRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { newCommandId, sendCommand } from '../../api/command'
import { useProblemText } from '../../api/useProblemText'
import { serverNow } from '../../clock/serverClock'
import { notify } from '../../controls/notices'
import { usePhone } from '../state/phone'
import type { InteractionKind } from './interactions'

export interface LoggedPerson {
  readonly name: string
  readonly phone: string
  readonly isUnder14: boolean
}

export interface Logging {
  readonly busy: ShallowRef<boolean>
  /** Whether it is kept or done; else the form stays as it is. */
  readonly save: (kind: InteractionKind, communityId: string, text: string, person: LoggedPerson | null) => Promise<boolean>
}

/**
 * Records a contact. It goes through the queue like everything else, except with a person: who that is must not lie on a phone, so it is sent at once or not at all, and the
 * form stays until the server has it. The command id stays with the form: pressing again does it once.
 */
export function useLogging(): Logging {
  const { t } = useI18n()
  const problemText = useProblemText()
  const { decide } = usePhone()
  const busy = shallowRef(false)
  let id = newCommandId()
  let lastBody = ''

  async function sendWithPerson(path: string, body: object): Promise<boolean> {
    // Other words are another command.
    const written = JSON.stringify(body)
    if (lastBody !== '' && lastBody !== written) id = newCommandId()
    lastBody = written
    busy.value = true
    try {
      await sendCommand(path, body, { commandId: id, withinMs: 12_000 })
      notify('done', t('phone.log.saved'))
      return true
    } catch (error) {
      notify('refused', problemText(error))
      return false
    } finally {
      busy.value = false
    }
  }

  async function save(kind: InteractionKind, communityId: string, text: string, person: LoggedPerson | null): Promise<boolean> {
    const path = `/communities/${communityId}/interactions`
    const words = text.trim() === '' ? {} : { text: text.trim() }
    if (person) {
      const { name, phone, isUnder14 } = person
      const sealed = { ...(name.trim() ? { name: name.trim() } : {}), ...(phone.trim() ? { phone: phone.trim() } : {}) }
      return sendWithPerson(path, { kind, ...words, person: sealed, ...(isUnder14 ? { personMinor: 'under14' } : {}) })
    }
    const at = new Date(serverNow()).toISOString()
    await decide({ kind: 'interaction', subject: communityId, detail: kind, path, body: { kind, at, ...words } })
    return true
  }
  return { busy, save }
}
