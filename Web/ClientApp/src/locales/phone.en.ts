import type { phoneZhCN } from './phone.zh-CN'

export const phoneEn: typeof phoneZhCN = {
  title: 'Pair',
}
