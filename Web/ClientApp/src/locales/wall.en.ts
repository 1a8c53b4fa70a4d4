import type { wallZhCN } from './wall.zh-CN'

export const wallEn: typeof wallZhCN = {
  title: 'Wallboard',
  map: {
    title: 'Map of the area',
    label: '{name} · {open}',
    controls: 'Map controls',
    nearer: 'Zoom in',
    farther: 'Zoom out',
    whole: 'Show the whole area',
    tilesMissing: 'Map tiles cannot be had; showing the boundaries alone',
  },
}
