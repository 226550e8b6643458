import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { kitagawa } from '../../api/core/stats/standardise/kitagawa.ts'
import { estimateDesign, parseDesign } from '../../api/core/survey/estimate-design.ts'
import { oracleTable } from './oracle-table.ts'
import { oracleJson, oraclesPresent, relativeError } from './shared.ts'
import { sample } from './survey-data.ts'

describe.skipIf(!oraclesPresent())('standardisation against R and the panel of ASEM', () => {
  it('Kitagawa splits the shipped example: mix −0.15, service +0.08', () => {
    type Sizes = Record<string, number>
    const want = oracleJson('standardisation/expected/kitagawa.json') as Record<
      'mix0' | 'mix1' | 'mean0' | 'mean1',
      Sizes
    > &
      Record<'total0' | 'total1' | 'change' | 'mix_effect' | 'rate_effect', number> & {
        by_group: { group: string; mix: number; rate: number }[]
      }
    const got = kitagawa(
      Object.keys(want.mix0).map((group) => ({
        group,
        mix0: want.mix0[group]!,
        mix1: want.mix1[group]!,
        mean0: want.mean0[group]!,
        mean1: want.mean1[group]!,
      })),
    )
    const pairs: [number, number][] = [
      [got.total0, want.total0],
      [got.total1, want.total1],
      [got.change, want.change],
      [got.mix, want.mix_effect],
      [got.rate, want.rate_effect],
      ...want.by_group.flatMap(({ mix, rate }, i): [number, number][] => [
        [got.groups[i]!.mix, mix],
        [got.groups[i]!.rate, rate],
      ]),
    ]
    for (const [ours, theirs] of pairs) expect(Math.abs(ours - theirs)).toBeLessThan(1e-14)
  })

  it('a survey standardised by age equals svystandardize in estimate and standard error', async () => {
    // svyby(~HI_CHOL, ~race + RIAGENDR, svymean, svystandardize(des, by = ~agecat, over = ~race + RIAGENDR,
    //   population = c(55901, 77670, 72816, 45364), excluding.missing = ~HI_CHOL)), survey 4.1-1
    const want: Record<string, [number, number]> = {
      '1 1': [0.12238549505781993, 0.006780078263343532],
      '2 1': [0.09080591881383369, 0.008203853711066788],
      '3 1': [0.08031128558376979, 0.010574625544968174],
      '4 1': [0.10913043970434588, 0.032603778168217766],
      '1 2': [0.10297768827724398, 0.010589227694382884],
      '2 2': [0.12296991185717845, 0.006765291851933847],
      '3 2': [0.08084841035495195, 0.015444752594724994],
      '4 2': [0.093154516157486, 0.03118892521340743],
    }
    const table = await sample('nhanes')
    const spec = parseDesign({
      strata: 'SDMVSTRA',
      clusters: ['SDMVPSU'],
      weight: 'WTMEC2YR',
      standardise: {
        by: 'agecat',
        over: ['race', 'RIAGENDR'],
        population: { '(0,19]': 55901, '(19,39]': 77670, '(39,59]': 72816, '(59,Inf]': 45364 },
        present: ['HI_CHOL'],
      },
      ask: [{ statistic: 'mean', y: 'HI_CHOL', by: ['race', 'RIAGENDR'] }],
    })
    const got = estimateDesign(table, spec)
    expect(got).toHaveLength(8)
    for (const { by, est, se } of got) {
      const [mean, error] = want[`${by!['race']} ${by!['RIAGENDR']}`]!
      expect(relativeError(est!, mean)).toBeLessThan(1e-10)
      expect(relativeError(se!, error)).toBeLessThan(1e-10)
    }
  })

  it('Austria’s logistics rose while its score fell, because the frontier moved', () => {
    const run = (from: string, to: string) => {
      const found = findMethod('bounds-decomposition')!.run(oracleTable('composite/input/ASEM_panel_physical.csv'), {
        unit: 'uName',
        period: 'Time',
        value: 'LPI',
        from,
        to,
      }) as { rows: Record<string, number | string>[] }
      return found.rows.find(({ unit }) => unit === 'Austria')!
    }
    const all = ['2019', '2020', '2021', '2022'].map((to) => run('2018', to))
    const described = all.find(
      ({ own, bounds }) => Number(own).toFixed(2) === '0.23' && Number(bounds).toFixed(2) === '-0.33',
    )
    expect(Number(described?.['change']).toFixed(2)).toBe('-0.10')
  })
})
