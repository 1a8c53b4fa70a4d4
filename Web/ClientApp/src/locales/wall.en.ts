import type { wallZhCN } from './wall.zh-CN'

export const wallEn: typeof wallZhCN = {
  title: 'Wallboard',
}
