export const commandLineZhCN = {
  title: '命令行',
}
