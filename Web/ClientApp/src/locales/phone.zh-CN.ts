export const phoneZhCN = {
  title: '搭档',
}
