import { wallEn } from './wall.en'
import { wallZhCN } from './wall.zh-CN'
import { addMessages } from './i18n'

addMessages({ wall: wallZhCN }, { wall: wallEn })
