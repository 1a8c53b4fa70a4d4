import type { adminZhCN } from './admin.zh-CN'

export const adminEn: typeof adminZhCN = {
  title: 'Administration',
}
