import type { Method } from '../../method.ts'
import { criticalValueMethod, runLengthMethod } from './run-length.ts'
import { rChartMethod, sChartMethod, xbarChartMethod } from './group-charts.ts'
import { cusumMethod, ewmaMethod } from './memory-charts.ts'
import { cChartMethod, laneyPMethod, laneyUMethod, npChartMethod, pChartMethod, uChartMethod } from './share-charts.ts'
import { xmrMethod } from './xmr.ts'

export const controlCharts: readonly Method[] = [
  xmrMethod,
  pChartMethod,
  npChartMethod,
  cChartMethod,
  uChartMethod,
  laneyPMethod,
  laneyUMethod,
  xbarChartMethod,
  sChartMethod,
  rChartMethod,
  ewmaMethod,
  cusumMethod,
  runLengthMethod,
  criticalValueMethod,
]
