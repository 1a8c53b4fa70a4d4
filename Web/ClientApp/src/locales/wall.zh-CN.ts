export const wallZhCN = {
  title: '大屏',
  map: {
    title: '辖区地图',
    label: '{name} {open} 起',
    controls: '地图操作',
    nearer: '放大',
    farther: '缩小',
    whole: '显示全部辖区',
    tilesMissing: '底图暂时无法取得，仅显示辖区边界',
  },
}
