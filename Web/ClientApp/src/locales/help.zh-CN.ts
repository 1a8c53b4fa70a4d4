export const helpZhCN = {
  title: '帮助',
}
