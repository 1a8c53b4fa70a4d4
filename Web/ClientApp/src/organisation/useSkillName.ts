import { useI18n } from 'vue-i18n'

/** The name of a skill by its code; a code that the product does not know is its own name. */
export function useSkillName(): (code: string) => string {
  const { t, te } = useI18n()
  return (code) => (te(`skill.${code}`, 'zh-CN') ? t(`skill.${code}`) : code)
}
