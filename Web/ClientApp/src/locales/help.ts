import { helpEn } from './help.en'
import { helpZhCN } from './help.zh-CN'
import { addMessages } from './i18n'

addMessages({ help: helpZhCN }, { help: helpEn })
