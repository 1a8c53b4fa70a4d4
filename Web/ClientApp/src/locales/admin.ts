import { adminEn } from './admin.en'
import { adminZhCN } from './admin.zh-CN'
import { addMessages } from './i18n'

addMessages({ admin: adminZhCN }, { admin: adminEn })
