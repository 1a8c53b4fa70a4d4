export const refusalZhCN = {
  unreachable: '无法连接服务器。',
  unknownOutcome: '服务器没有回应，结果未知；请稍后查看或重试。',
  other: '未执行：{detail}（{code}）',
  code: '未执行（{code}）',
}
