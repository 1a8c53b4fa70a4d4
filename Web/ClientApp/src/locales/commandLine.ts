import { commandLineEn } from './commandLine.en'
import { commandLineZhCN } from './commandLine.zh-CN'
import { addMessages } from './i18n'

addMessages({ commandLine: commandLineZhCN }, { commandLine: commandLineEn })
