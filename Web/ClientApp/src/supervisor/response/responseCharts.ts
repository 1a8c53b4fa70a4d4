import { BarChart, ScatterChart, type BarSeriesOption, type ScatterSeriesOption } from 'echarts/charts'
import {
  GridComponent, LegendComponent, TooltipComponent, type GridComponentOption, type LegendComponentOption, type TooltipComponentOption,
} from 'echarts/components'
import { use, type ComposeOption } from 'echarts/core'
import { themeColour } from '../../theme/theme'
import { bucketText, inUnit, reachOf, unitOf, type ResponseBucket, type ResponseRow, type TimeUnit } from './response'

use([BarChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent])

type Option = ComposeOption<BarSeriesOption | ScatterSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>

export interface ResponseWords {
  readonly unit: (unit: TimeUnit) => string
  readonly time: (seconds: number | null) => string
  readonly told: (count: number | null) => string
  readonly count: string
  readonly median: string
  readonly p90: string
  readonly target: string
}

function ground() {
  const [ink, line] = [themeColour('ink-2'), themeColour('line')]
  return {
    ink, line,
    common: {
      animationDuration: 200,
      textStyle: { fontFamily: getComputedStyle(document.documentElement).fontFamily },
      tooltip: { trigger: 'axis' as const, axisPointer: { type: 'shadow' as const }, backgroundColor: themeColour('panel-raised'), borderColor: line, textStyle: { color: themeColour('ink') } },
    },
    value: { type: 'value' as const, nameTextStyle: { color: ink }, axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
    category: { type: 'category' as const, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } },
  }
}


/** Median as a bar, P90 as a diamond, the target as a line across its row; all of them in the legend. */
export function timesOption(rows: readonly ResponseRow[], words: ResponseWords): Option {
  const { ink, common, value, category } = ground()
  const reach = reachOf(rows)
  const unit = unitOf(reach)
  const shown = (seconds: number | null) => (seconds === null ? '-' : Math.round(inUnit(seconds, unit) * 10) / 10)
  const at = (index: number) => rows[index]?.group
  return {
    ...common,
    grid: { left: 8, right: 24, top: 30, bottom: 4, outerBoundsMode: 'same' },
    legend: { top: 0, textStyle: { color: ink } },
    xAxis: { ...value, min: 0, ...(rows.some((x) => (x.group.targetSeconds ?? 0) > reach) ? { max: Math.ceil(inUnit(reach, unit)) } : {}), name: words.unit(unit), nameLocation: 'middle', nameGap: 26 },
    yAxis: { ...category, data: rows.map((x) => x.name), inverse: true, axisLabel: { color: ink, fontSize: 13, width: 130, overflow: 'break' } },
    series: [
      {
        type: 'bar', name: words.median, barMaxWidth: 18, itemStyle: { color: themeColour('step-done') }, data: rows.map((x) => shown(x.group.medianSeconds)),
        tooltip: { valueFormatter: (_, index) => words.time(at(index)?.medianSeconds ?? null) },
      },
      {
        type: 'scatter', name: words.p90, symbol: 'diamond', symbolSize: 13, itemStyle: { color: themeColour('warn') }, data: rows.map((x) => shown(x.group.p90Seconds)),
        tooltip: { valueFormatter: (_, index) => words.time(at(index)?.p90Seconds ?? null) },
      },
      {
        type: 'scatter', name: words.target, symbol: 'rect', symbolSize: [3, 24], itemStyle: { color: themeColour('ink') }, data: rows.map((x) => shown(x.group.targetSeconds)),
        tooltip: { valueFormatter: (_, index) => words.time(at(index)?.targetSeconds ?? null) },
      },
    ],
  }
}

/** How many times there were of each length; those beyond the target have a pattern besides the colour. */
export function bucketsOption(buckets: readonly ResponseBucket[], targetSeconds: number | null, words: ResponseWords): Option {
  const { ink, common, value, category } = ground()
  const unit = unitOf(buckets.at(-1)?.fromSeconds ?? 0)
  const late = ({ fromSeconds }: ResponseBucket) => targetSeconds !== null && fromSeconds >= targetSeconds
  return {
    ...common,
    grid: { left: 8, right: 12, top: 30, bottom: 4, outerBoundsMode: 'same' },
    xAxis: { ...category, data: buckets.map((x) => bucketText(x, unit)), name: words.unit(unit), nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: ink }, axisLabel: { color: ink, fontSize: 13 } },
    yAxis: { ...value, name: words.count, minInterval: 1 },
    series: [{
      type: 'bar', barMaxWidth: 48,
      data: buckets.map((bucket) => ({
        value: bucket.count ?? 0,
        itemStyle: late(bucket)
          ? { color: themeColour('warn'), decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: themeColour('panel') } }
          : { color: themeColour('step-done') },
      })),
      label: { show: true, position: 'top', color: themeColour('ink'), fontSize: 13, formatter: ({ dataIndex }: { dataIndex: number }) => words.told(buckets[dataIndex]?.count ?? null) },
      tooltip: { valueFormatter: (_, index) => words.told(buckets[index]?.count ?? null) },
    }],
  }
}
