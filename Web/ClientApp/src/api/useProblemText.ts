import { useI18n } from 'vue-i18n'
import { ProblemError } from './http'

/** Says in the language of the screen why something was not done; the server's own English sentence where its code has no text here. */
export function useProblemText(): (error: unknown) => string {
  const { t, te } = useI18n()
  return (error) => {
    if (!(error instanceof ProblemError)) return t('refusal.unreachable')
    const key = `refusal.${error.code}`
    if (te(key, 'zh-CN')) return t(key)
    if (error.status >= 500) return t('refusal.unknownOutcome')
    return error.detail ? t('refusal.other', { detail: error.detail, code: error.code }) : t('refusal.code', { code: error.code })
  }
}
