export const dispatcherZhCN = {
  title: '指挥',
}
