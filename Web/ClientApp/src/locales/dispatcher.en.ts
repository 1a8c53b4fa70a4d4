import type { dispatcherZhCN } from './dispatcher.zh-CN'

export const dispatcherEn: typeof dispatcherZhCN = {
  title: 'Dispatch',
}
