import { describe, expect, test } from 'vitest'
import { oraclesPresent, relativeError } from './shared.ts'
import { ask, layoutOf, type OracleCases, surveyCases } from './survey-data.ts'

interface Stat {
  readonly estimate: number
  readonly se: number
  readonly ci95_t?: { readonly df: number; readonly lo: number; readonly hi: number }
}
interface Group extends Record<string, number | string | undefined> {
  readonly stype: string
}

const near = (got: number | null | undefined, want: number, tolerance: number, what: string, floor = 1e-9) =>
  expect(relativeError(got ?? Number.NaN, want, floor), `${what}: ${got} for ${want}`).toBeLessThan(tolerance)

const cases: OracleCases = oraclesPresent() ? surveyCases() : {}

describe.skipIf(!oraclesPresent())('estimates of a design against R survey 4.1-1', () => {
  for (const [name, wanted] of Object.entries(cases)) {
    const layout = layoutOf(wanted.design)
    const estimates = (...asks: object[]) => ask(wanted.design.data, layout, ...asks)
    const stat = (key: string) => wanted[key] as Stat

    test(`${name}: mean, total and ratio with standard error and Student's interval`, async () => {
      const got = await estimates(
        { statistic: 'mean', y: 'api00' },
        { statistic: 'total', y: 'api.stu' },
        { statistic: 'mean', y: 'enroll' },
        { statistic: 'total', y: 'enroll' },
        { statistic: 'ratio', y: 'api.stu', x: 'enroll' },
      )
      const keys = ['mean_api00', 'total_apistu', 'mean_enroll_narm', 'total_enroll_narm', 'ratio_apistu_enroll']
      for (const [i, key] of keys.entries()) {
        near(got[i]!.est, stat(key).estimate, 1e-10, key)
        near(got[i]!.se, stat(key).se, 1e-10, `${key} se`)
        const interval = stat(key).ci95_t
        if (interval === undefined) continue
        expect(got[i]!.df).toBe(interval.df)
        near(got[i]!.lo, interval.lo, 1e-10, `${key} lo`)
        near(got[i]!.hi, interval.hi, 1e-10, `${key} hi`)
      }
      const { deff_TRUE, deff_replace } = wanted['deff_api00'] as Record<string, number>
      near(got[0]!.deff, deff_TRUE!, 1e-10, 'deff')
      near(got[0]!.deffReplace, deff_replace!, 1e-10, 'deff replace')
      near(got[0]!.kishDeff, (wanted['kish'] as { deff_w: number }).deff_w, 1e-10, 'kish')
    })

    test(`${name}: shares of every level of a text column`, async () => {
      const got = await estimates({ statistic: 'share', y: 'stype', interval: 'mean' })
      const shares = wanted['mean_stype'] as { estimate: number[]; se: number[] }
      expect(got.map(({ level }) => level)).toEqual(['E', 'H', 'M'])
      for (const [i, share] of got.entries()) {
        near(share.est, shares.estimate[i]!, 1e-10, 'share')
        near(share.se, shares.se[i]!, 1e-10, 'se', 1e-6)
      }
    })

    test(`${name}: groups, where sampling units without a member still count`, async () => {
      const [means, totals] = [
        await estimates({ statistic: 'mean', y: 'api00', by: 'stype' }),
        await estimates({ statistic: 'total', y: 'api.stu', by: ['stype'] }),
      ]
      for (const [i, group] of (wanted['by_stype_mean_api00'] as Group[]).entries()) {
        expect(means[i]!.by).toEqual({ stype: group.stype })
        expect(means[i]!.n).toBe(group['n'])
        near(means[i]!.est, group['mean'] as number, 1e-10, group.stype)
        near(means[i]!.se, group['se'] as number, 1e-10, `${group.stype} se`)
        near(means[i]!.deffReplace, group['deff_replace'] as number, 1e-10, `${group.stype} deff`)
      }
      for (const [i, group] of (wanted['by_stype_total_apistu'] as Group[]).entries()) {
        near(totals[i]!.est, group['total'] as number, 1e-10, group.stype)
        near(totals[i]!.se, group['se'] as number, 1e-10, `${group.stype} se`)
      }
      const [subset] = await estimates({ statistic: 'mean', y: 'api00', where: { stype: 'E' } })
      const { ci95_t, se } = stat('subset_E_mean_api00')
      near(subset!.se, se, 1e-10, 'subset se')
      expect(subset!.df).toBe(ci95_t!.df)
      near(subset!.lo, ci95_t!.lo, 1e-10, 'subset lo')
    })

    test(`${name}: six intervals of a share`, async () => {
      for (const [key, where] of [
        ['ciprop_schwide_yes', undefined],
        ['ciprop_schwide_yes_stypeH', { stype: 'H' }],
      ] as const) {
        for (const one of wanted[key] as { method: string; df?: number; estimate: number; lo: number; hi: number }[]) {
          const [got] = await estimates({ statistic: 'share', y: 'sch.wide', x: 'Yes', where, interval: one.method })
          const tolerance = one.method === 'likelihood' ? 1e-4 : one.method === 'logit' ? 1e-6 : 1e-9
          near(got!.lo, one.lo, tolerance, `${one.method} lo`)
          near(got!.hi, one.hi, tolerance, `${one.method} hi`)
          if (one.df !== undefined) expect(got!.df).toBe(one.df)
        }
      }
    })

    test(`${name}: twelve rules of a quantile`, async () => {
      for (const { qrule, probs, q } of wanted['quantiles_api00_point'] as {
        qrule: string
        probs: number[]
        q: number[]
      }[]) {
        const got = await estimates(...probs.map((p) => ({ statistic: 'quantile', y: 'api00', p, rule: qrule })))
        for (const [i, want] of q.entries()) near(got[i]!.est, want, 1e-10, `${qrule} ${probs[i]}`)
      }
    })

    test(`${name}: five intervals of a quantile`, async () => {
      type Row = { interval_type: string; probs: number[]; lo: number[]; hi: number[]; se: number[] }
      for (const { interval_type, probs, lo, hi, se } of wanted['quantiles_api00_ci'] as Row[]) {
        const got = await estimates(
          ...probs.map((p) => ({ statistic: 'quantile', y: 'api00', p, interval: interval_type })),
        )
        for (const i of probs.keys()) {
          near(got[i]!.lo, lo[i]!, 1e-10, `${interval_type} ${probs[i]} lo`)
          near(got[i]!.hi, hi[i]!, 1e-10, `${interval_type} ${probs[i]} hi`)
          near(got[i]!.se, se[i]!, 1e-10, `${interval_type} ${probs[i]} se`)
        }
      }
    })
  }
})

describe.skipIf(!oraclesPresent())('designs of the survey package’s own documentation', () => {
  test('two stages with finite populations at both', async () => {
    const layout = { clusters: ['dnum', 'snum'], fpc: ['fpc1', 'fpc2'] }
    const [mean, total] = await ask(
      'apiclus2',
      layout,
      { statistic: 'mean', y: 'api00' },
      { statistic: 'total', y: 'enroll' },
    )
    expect(mean!.est!.toFixed(2)).toBe('670.81')
    expect(mean!.se!.toFixed(3)).toBe('30.099')
    expect(mean!.df).toBe(39)
    expect(total!.est!.toFixed(0)).toBe('2639273')
    expect(total!.se!.toFixed(0)).toBe('799638')
  })

  test('two stages as if drawn with replacement', async () => {
    const layout = { clusters: ['dnum', 'snum'], weight: 'pw' }
    const [mean, total] = await ask(
      'apiclus2',
      layout,
      { statistic: 'mean', y: 'api00' },
      { statistic: 'total', y: 'enroll' },
    )
    expect(mean!.se!.toFixed(3)).toBe('30.712')
    expect(total!.se!.toFixed(0)).toBe('820261')
  })

  test('strata with nested units and missing answers: women of 60 and more', async () => {
    const layout = { strata: 'SDMVSTRA', clusters: ['SDMVPSU'], weight: 'WTMEC2YR' }
    const where = { RIAGENDR: 2, agecat: '(59,Inf]' }
    const [share] = await ask('nhanes', layout, { statistic: 'share', y: 'HI_CHOL', where })
    near(share!.est, 0.2015493048602521, 1e-12, 'share')
    near(share!.se, 0.018820937077609214, 1e-12, 'se')
  })
})
