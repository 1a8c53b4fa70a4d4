import { expect, it } from 'vitest'
import { AlarmSchedule, repeatMs } from './alarm'
import type { BoardAlert, BoardAlertKind } from './boardAlert'

const alert = (key: string, kind: BoardAlertKind) => ({ key, kind }) as BoardAlert

it('sounds at once, again at its interval, and not any more when it is over', () => {
  const schedule = new AlarmSchedule()
  const danger = alert('a', 'panic')
  expect(schedule.due([danger], 0)).toBe('panic')
  expect(schedule.due([danger], repeatMs.panic - 1)).toBeNull()
  expect(schedule.due([danger], repeatMs.panic)).toBe('panic')
  expect(schedule.due([], repeatMs.panic * 2)).toBeNull()
  expect(schedule.due([danger], repeatMs.panic * 2 + 1), 'one that comes back is a new one').toBe('panic')
})

it('lets the most urgent be heard, and a later one at its own time', () => {
  const schedule = new AlarmSchedule()
  const danger = alert('a', 'panic')
  const late = alert('b', 'deadlineBreached')
  expect(schedule.due([danger, late], 0)).toBe('panic')
  expect(schedule.due([late], 1_000)).toBeNull()
  expect(schedule.due([late], repeatMs.deadlineBreached)).toBe('deadlineBreached')
})
