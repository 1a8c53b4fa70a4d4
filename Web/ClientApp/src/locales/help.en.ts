import type { helpZhCN } from './help.zh-CN'

export const helpEn: typeof helpZhCN = {
  title: 'Help',
}
