import { phoneEn } from './phone.en'
import { phoneZhCN } from './phone.zh-CN'
import { addMessages } from './i18n'

addMessages({ phone: phoneZhCN }, { phone: phoneEn })
