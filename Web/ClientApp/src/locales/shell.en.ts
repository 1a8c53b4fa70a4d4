import type { shellZhCN } from './shell.zh-CN'

export const shellEn: typeof shellZhCN = {
  menu: 'Pages',
  pages: { dispatch: 'Dispatch', pair: 'Pair', supervisor: 'Supervision', wallboard: 'Wallboard', admin: 'Administration', help: 'Help' },
  help: 'Help',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Loading…',
}
