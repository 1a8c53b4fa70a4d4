import type { Activity } from '../../pairs/pair'

/** What a pair on duty can be at, the frequent ones first, each with a drawing. */
export const activityStrokes: Record<Activity, string> = {
  available: 'M12 3A9 9 0 0 1 12 21A9 9 0 0 1 12 3zM7.5 12.3 10.8 15.6 16.5 9',
  patrol: 'M4 19c4-9 8 1 16-14M15.5 4.5 20 5l-.5 4.5',
  visit: 'M4 20.5V11L12 4l8 7v9.5M10 20.5v-6h4v6',
  station: 'M4 20.5h16M6 20.5V6l6-3 6 3v14.5M10 10h4M10 14h4',
  meeting: 'M4 8h16v8H4zM7 16v4M17 16v4M8 4.5h.1M16 4.5h.1',
  meal: 'M7 3v7a2 2 0 0 0 4 0V3M9 12v9M16 3c-2 2-2 6 0 8v10',
  training: 'M3 9l9-4 9 4-9 4zM7 11v5c3 2 7 2 10 0v-5',
  court: 'M12 4v16M6 20h12M5 8h14M5 8l-2 6h4zM19 8l-2 6h4z',
  outOfService: 'M12 3A9 9 0 0 1 12 21A9 9 0 0 1 12 3zM6 18 18 6',
}

export const activities = Object.keys(activityStrokes) as Activity[]
