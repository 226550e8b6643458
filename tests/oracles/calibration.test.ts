import { describe, expect, test } from 'vitest'
import { preparedDesign } from '../../api/core/survey/estimate-design.ts'
import { weightEffect } from '../../api/core/weights/effect.ts'
import { oracleJson, oraclesPresent, relativeError } from './shared.ts'
import { ask, sample } from './survey-data.ts'

interface Case {
  readonly margins: Record<string, Record<string, number>>
  readonly mean_api00: { readonly estimate: number; readonly se: number }
  readonly total_enroll: { readonly estimate: number; readonly se: number }
  readonly ratio_apistu_enroll: { readonly estimate: number; readonly se: number }
  readonly by_stype: readonly { readonly stype: string; readonly mean: number; readonly se: number }[]
  readonly weight_summary: {
    readonly sum: number
    readonly min: number
    readonly max: number
    readonly kish_deff: number
  }
}

const layout = { clusters: ['dnum'], fpc: ['fpc'] }
const close = (got: number | null, want: number, tolerance: number) =>
  expect(relativeError(got ?? NaN, want)).toBeLessThan(tolerance)

describe.skipIf(!oraclesPresent())('weights of a campaign against R survey 4.1-1', () => {
  const cases = oraclesPresent()
    ? (oracleJson('survey/expected/calibration.json') as { cases: Record<string, Case> }).cases
    : {}

  test.each([
    ['poststrat_stype', 'post-stratify', 1e-10],
    ['rake_stype_schwide', 'rake', 1e-8],
  ] as const)('%s', async (name, method, tolerance) => {
    const want = cases[name]!
    const spec = { ...layout, calibrate: { method, margins: want.margins } }
    const design = preparedDesign(await sample('apiclus1'), { ...spec, ask: [] })
    const effect = weightEffect(Array.from(design.weight, (weight) => ({ weight, answers: Number(weight !== 0) })))
    const { sum, min, max, kish_deff } = want.weight_summary
    close(
      design.weight.reduce((total, weight) => total + weight, 0),
      sum,
      tolerance,
    )
    close(Math.min(...design.weight), min, tolerance)
    close(Math.max(...design.weight), max, tolerance)
    close(effect.deff, kish_deff, tolerance)
    const [mean, total, ratio, ...groups] = await ask(
      'apiclus1',
      spec,
      { statistic: 'mean', y: 'api00' },
      { statistic: 'total', y: 'enroll' },
      { statistic: 'ratio', y: 'api.stu', x: 'enroll' },
      { statistic: 'mean', y: 'api00', by: 'stype' },
    )
    const pairs = [
      [mean, want.mean_api00],
      [total, want.total_enroll],
      [ratio, want.ratio_apistu_enroll],
      ...want.by_stype.map((one, i) => [groups[i], { estimate: one.mean, se: one.se }] as const),
    ] as const
    for (const [got, { estimate, se }] of pairs) {
      close(got!.est, estimate, tolerance)
      close(got!.se, se, tolerance)
    }
  })
})
