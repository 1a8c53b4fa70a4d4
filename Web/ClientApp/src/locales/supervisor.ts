import { supervisorEn } from './supervisor.en'
import { supervisorZhCN } from './supervisor.zh-CN'
import { addMessages } from './i18n'

addMessages({ supervisor: supervisorZhCN }, { supervisor: supervisorEn })
