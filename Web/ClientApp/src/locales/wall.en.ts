import type { wallZhCN } from './wall.zh-CN'

export const wallEn: typeof wallZhCN = {
  title: 'Wallboard',
  alert: {
    lane: 'Urgent',
    panic: 'Officer in danger',
    supervisorNeeded: 'Supervisor needed',
    deadlineBreached: 'Dispatch overdue',
    since: 'since {time}',
    more: 'more',
  },
  sound: {
    on: 'Sound on',
    off: 'Sound off',
    blocked: 'Sound blocked',
    onHint: 'Alerts can be heard',
    offHint: 'The address says sound=off',
    blockedHint: 'The browser plays nothing by itself. Click here to let it; on a wall start the browser with --autoplay-policy=no-user-gesture-required',
  },
  clocks: {
    title: 'Response clocks',
    today: 'Today',
    since: 'Today since {time}',
    done: '{total} done',
    running: '{running} now',
    acknowledge: 'Accept',
    arrive: 'Arrive',
    report: 'Report',
    ends: {
      acknowledge: ['30 s', '1 m', '2 m', '3 m', '3 m+'],
      arrive: ['5 m', '10 m', '15 m', '30 m', '30 m+'],
      report: ['30 m', '1 h', '2 h', '4 h', '4 h+'],
    },
  },
  map: {
    title: 'Map of the area',
    label: '{name} · {open}',
    controls: 'Map controls',
    nearer: 'Zoom in',
    farther: 'Zoom out',
    whole: 'Show the whole area',
    activity: 'Open incidents',
    late: 'Overdue',
    tilesMissing: 'Map tiles cannot be had; showing the boundaries alone',
  },
}
