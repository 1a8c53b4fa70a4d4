export const shellZhCN = {
  menu: '页面',
  pages: { dispatch: '指挥', pair: '搭档', supervisor: '督导', wallboard: '大屏', admin: '管理', help: '帮助' },
  help: '帮助',
  close: '关闭',
  cancel: '取消',
  retry: '重试',
  loading: '正在加载…',
}
