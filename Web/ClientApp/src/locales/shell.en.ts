import type { shellZhCN } from './shell.zh-CN'

export const shellEn: typeof shellZhCN = {
  menu: 'Pages',
  pages: { dispatch: 'Dispatch', pair: 'Pair', supervisor: 'Supervision', wallboard: 'Wallboard', admin: 'Administration', help: 'Help' },
  help: 'Help',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Loading…',
  noPage: { title: 'There is no page for this account', text: 'The roles of "{name}" have no page here. Ask an administrator for a role.' },
  ownPassword: {
    open: 'Change password',
    title: 'Change password',
    effect: 'Sessions on other devices end.',
    old: 'Old password',
    new: 'New password',
    newHint: 'At least 8 characters.',
    again: 'New password again',
    different: 'The two new passwords are not the same.',
    missing: 'This is needed.',
    submit: 'Change',
    submitting: 'Changing…',
    done: 'The password is changed.',
  },
}
