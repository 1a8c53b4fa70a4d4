export const wallZhCN = {
  title: '大屏',
}
