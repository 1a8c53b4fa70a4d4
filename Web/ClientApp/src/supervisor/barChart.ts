import { BarChart, type BarSeriesOption } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent, type GridComponentOption, type LegendComponentOption, type TooltipComponentOption } from 'echarts/components'
import { init, use, type ComposeOption, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { themeColour } from '../theme/theme'
import type { Bar } from './figures'

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

type Option = ComposeOption<BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>

/** One row of bars; several of a chart stand stacked on each other and share their names. */
export interface Series {
  readonly name: string
  readonly bars: readonly Bar[]
  /** Name of a colour of the theme. */
  readonly colour: string
  /** A pattern besides, so that colour is not the only signal. */
  readonly hatched?: boolean
}

export interface ChartWords {
  readonly unit: string
  readonly told: (value: number | null) => string
}

/** Lying bars have room for long names; standing ones are for days. */
export function optionOf(series: readonly Series[], lying: boolean, { unit, told }: ChartWords): Option {
  const [ink, line] = [themeColour('ink-2'), themeColour('line')]
  const names = (series[0]?.bars ?? []).map((bar) => bar.name)
  const category = {
    type: 'category' as const, data: names, inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
    axisLabel: lying ? { color: ink, fontSize: 13, width: 150, overflow: 'break' as const } : { color: ink, fontSize: 12, formatter: (day: string) => day.slice(5) },
  }
  const value = {
    type: 'value' as const, name: unit, nameTextStyle: { color: ink }, minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } },
    ...(lying ? { nameLocation: 'middle' as const, nameGap: 26 } : { nameLocation: 'end' as const }),
  }
  return {
    animationDuration: 200,
    textStyle: { fontFamily: getComputedStyle(document.documentElement).fontFamily },
    grid: { left: 8, right: lying ? 56 : 12, top: series.length > 1 ? 44 : 30, bottom: 4, outerBoundsMode: 'same' },
    legend: { show: series.length > 1, top: 0, textStyle: { color: ink } },
    tooltip: {
      trigger: 'axis', axisPointer: { type: 'shadow' }, backgroundColor: themeColour('panel-raised'), borderColor: line, textStyle: { color: themeColour('ink') },
      valueFormatter: (shown, index) => told(series.length > 1 ? Number(shown) : (series[0]?.bars[index]?.value ?? null)),
    },
    xAxis: lying ? value : category,
    yAxis: lying ? category : value,
    series: series.map(({ name, bars, colour, hatched }) => ({
      type: 'bar', name, barMaxWidth: 26, ...(series.length > 1 ? { stack: 'all' } : {}),
      itemStyle: {
        color: themeColour(colour),
        ...(hatched ? { decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: themeColour('panel') } } : {}),
      },
      // A bar that is not told has no length, and says so.
      data: bars.map((bar) => bar.value ?? 0),
      ...(lying && series.length === 1
        ? { label: { show: true, position: 'right' as const, color: themeColour('ink'), fontSize: 13, formatter: ({ dataIndex }: { dataIndex: number }) => told(bars[dataIndex]?.value ?? null) } }
        : {}),
    })),
  }
}

/** A chart in an element of the page, drawn again whenever it is told to, and as large as the element. */
export function drawIn(element: HTMLElement): { draw(option: EChartsCoreOption): void; end(): void } {
  const chart: EChartsType = init(element, null, { renderer: 'svg' })
  const resized = new ResizeObserver(() => chart.resize())
  resized.observe(element)
  return {
    draw: (option) => chart.setOption(option, true),
    end() {
      resized.disconnect()
      chart.dispose()
    },
  }
}
