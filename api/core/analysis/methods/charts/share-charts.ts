import { z } from 'zod'
import { laneyChart, laneyProcess } from '../../../stats/charts/laney.ts'
import { countChart, rateChart, shareChart, shareCountChart } from '../../../stats/charts/shewhart.ts'
import { method } from '../../method.ts'
import { counts } from '../cells.ts'
import { chartOutput } from './chart-result.ts'
import {
  casesOption,
  countedOptions,
  countedResult,
  processOf,
  rateSamples,
  shareSamples,
  sizeOption,
} from './counted.ts'
import { columnFault, widthOf, widthOptions } from './settings.ts'

const knownShare = z.number().gt(0).lt(1).optional().describe('share known beforehand, in place of the baseline’s')
const knownRate = z.number().gt(0).optional().describe('rate known beforehand, in place of the baseline’s')
const withCounts = `${chartOutput}; x and n per row`

export const pChartMethod = method({
  name: 'p-chart',
  summary: 'p chart: share x / n over time, limits p ± 3 √(p(1 − p)/n) that follow each n',
  options: { n: casesOption, center: knownShare, ...countedOptions, ...widthOptions },
  output: withCounts,
  source: 'R qcc 2.7 type p; Montgomery, Introduction to Statistical Quality Control, ch. 7',
  run: (table, options) => {
    const samples = shareSamples(table, options)
    return countedResult(table, samples, options, (baseline) => {
      const process = processOf('share', baseline, options.center)
      return { points: shareChart(samples, process, widthOf(options)), stdDev: process.stdDev }
    })
  },
})

export const npChartMethod = method({
  name: 'np-chart',
  summary: 'np chart: number x of n over time, limits np ± 3 √(np(1 − p))',
  options: { n: casesOption, center: knownShare, ...countedOptions, ...widthOptions },
  output: `${withCounts}; center is n p; stdDev is √(n p (1 − p)), null where n differs from point to point`,
  source: 'R qcc 2.7 type np',
  run: (table, options) => {
    const samples = shareSamples(table, options)
    return countedResult(table, samples, options, (baseline) => {
      const process = processOf('share', baseline, options.center)
      const size = samples[0]!.size
      const same = samples.every((sample) => sample.size === size)
      return {
        points: shareCountChart(samples, process, widthOf(options)),
        stdDev: same ? process.stdDev * Math.sqrt(size) : null,
      }
    })
  },
})

export const cChartMethod = method({
  name: 'c-chart',
  summary: 'c chart: number of events in equal periods, limits c ± 3 √c (or Poisson quantiles by conf)',
  options: { center: knownRate, ...countedOptions, ...widthOptions },
  output: withCounts,
  source: 'R qcc 2.7 type c',
  run: (table, options) => {
    const values = counts(table, options.x)
    const samples = values.map((count) => ({ count, size: 1 }))
    return countedResult(table, samples, options, (baseline) => {
      const process = processOf('rate', baseline, options.center)
      return { points: countChart(values, process, widthOf(options)), stdDev: process.stdDev }
    })
  },
})

export const uChartMethod = method({
  name: 'u-chart',
  summary: 'u chart: events per unit of exposure (complaints per 1,000 dossiers), limits u ± 3 √(u/n)',
  options: { n: sizeOption, center: knownRate, ...countedOptions, ...widthOptions },
  output: withCounts,
  source: 'R qcc 2.7 type u',
  run: (table, options) => {
    const samples = rateSamples(table, options)
    return countedResult(table, samples, options, (baseline) => {
      const process = processOf('rate', baseline, options.center)
      return { points: rateChart(samples, process, widthOf(options)), stdDev: process.stdDev }
    })
  },
})

const laneyMethod = (kind: 'share' | 'rate', name: string, summary: string) =>
  method({
    name,
    summary,
    options: { n: kind === 'share' ? casesOption : sizeOption, sigmas: widthOptions.sigmas, ...countedOptions },
    output: `${withCounts}; also sigmaZ. Limits are not cut at 0 or 1`,
    source: 'Laney 2002, Improved control charts for attributes; σ_z = mean |Δz| / 1.12838',
    run: (table, options) => {
      const samples = kind === 'share' ? shareSamples(table, options) : rateSamples(table, options)
      let sigmaZ = 1
      const result = countedResult(table, samples, options, (baseline) => {
        if (baseline.length < 2) throw columnFault(table, 'too_few_rows', options.x)
        if (processOf(kind, baseline, undefined).stdDev === 0) throw columnFault(table, 'no_variation', options.x)
        const process = laneyProcess(baseline, kind)
        sigmaZ = process.sigmaZ
        return { points: laneyChart(samples, process, options.sigmas), stdDev: process.stdDev }
      })
      return { sigmaZ, ...result }
    },
  })

export const laneyPMethod = laneyMethod(
  'share',
  'laney-p',
  'Laney p′ chart: p chart whose limits follow the spread between periods, for large n',
)
export const laneyUMethod = laneyMethod(
  'rate',
  'laney-u',
  'Laney u′ chart: u chart whose limits follow the spread between periods',
)
