import type { commandLineZhCN } from './commandLine.zh-CN'

export const commandLineEn: typeof commandLineZhCN = {
  title: 'Command line',
}
