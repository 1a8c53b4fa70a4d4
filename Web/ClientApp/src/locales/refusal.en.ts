import type { refusalZhCN } from './refusal.zh-CN'

export const refusalEn: typeof refusalZhCN = {
  unreachable: 'The server cannot be reached.',
  unknownOutcome: 'The server did not answer, so the outcome is unknown; look again or try again.',
  other: 'Not done: {detail} ({code})',
  code: 'Not done ({code})',
}
