import type { adminZhCN } from './admin.zh-CN'
import type { commandLineZhCN } from './commandLine.zh-CN'
import type { dispatcherZhCN } from './dispatcher.zh-CN'
import type { helpZhCN } from './help.zh-CN'
import type { phoneZhCN } from './phone.zh-CN'
import type { supervisorZhCN } from './supervisor.zh-CN'
import type { wallZhCN } from './wall.zh-CN'
import type { SharedMessages } from './zh-CN'

/** What belongs to a room: its page brings it, by importing `locales/<room>`, so that a phone does not load what only desks say. */
export interface RoomMessages {
  readonly admin: typeof adminZhCN
  readonly commandLine: typeof commandLineZhCN
  readonly dispatcher: typeof dispatcherZhCN
  readonly help: typeof helpZhCN
  readonly phone: typeof phoneZhCN
  readonly supervisor: typeof supervisorZhCN
  readonly wall: typeof wallZhCN
}

/** Everything that the screens say, in one language. */
export type Messages = SharedMessages & RoomMessages
