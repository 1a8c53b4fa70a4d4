export const adminZhCN = {
  title: '管理',
}
