import { dispatcherEn } from './dispatcher.en'
import { dispatcherZhCN } from './dispatcher.zh-CN'
import { addMessages } from './i18n'

addMessages({ dispatcher: dispatcherZhCN }, { dispatcher: dispatcherEn })
