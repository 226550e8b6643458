import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { IndexIndicator } from '../../api/core/index/definition.ts'
import { indicatorEstimate } from '../../api/core/index/estimate/indicator-estimate.ts'
import { tQuantile } from '../../api/core/stats/tQuantile.ts'
import { wilsonLimits } from '../../api/core/stats/wilsonLimits.ts'
import { runCommand } from '../support/cli.ts'

/** No command here reaches a database. */
const nowhere = { url: 'postgres://nobody:x@127.0.0.1:9/none', ownerUrl: 'postgres://nobody:x@127.0.0.1:9/none' }
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-estimate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const data = file(
  'phieu.csv',
  'xa;quay;khu;trong_so;diem;hai_long\nA;1;X;10;4;1\nA;2;X;10;5;1\nA;3;X;10;3;0\nB;4;X;20;2;0\nB;5;X;20;;\nB;6;Y;20;4;1\n',
)
const run = (design: unknown, csv = data, ...more: string[]) =>
  runCommand(nowhere, ['estimate', '--design', file('design.json', JSON.stringify(design)), '--data', csv, ...more])
const layout = { strata: 'xa', clusters: ['quay'], weight: 'trong_so' }

describe('an analyst estimates from a design file', () => {
  test('--json is one list of Estimates in the order asked, groups in theirs', async () => {
    const ask = [
      { statistic: 'mean', y: 'diem' },
      { statistic: 'share', y: 'hai_long', by: 'xa' },
      { statistic: 'mean', y: 'diem', where: { xa: ['B'] } },
    ]
    const { status, out, err } = await run({ ...layout, ask }, data, '--json')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    const [mean, a, b, alone] = JSON.parse(out) as Record<string, unknown>[]
    // weights 10 10 10 20 20: (40 + 50 + 30 + 40 + 80) / 70
    expect(mean).toMatchObject({ statistic: 'mean', y: 'diem', n: 5, df: 4, method: 'taylor_mean', suppressed: null })
    expect(mean!['est']).toBeCloseTo(240 / 70, 12)
    expect(a).toMatchObject({ by: { xa: 'A' }, n: 3, method: 'taylor_share_wilson' })
    expect(b).toMatchObject({ by: { xa: 'B' }, n: 2 })
    expect(alone!['est']).toBeCloseTo(3, 12)
    for (const one of [mean!, a!, b!, alone!]) {
      for (const key of ['est', 'se', 'lo', 'hi', 'nEff'] as const) expect(one[key], key).toEqual(expect.any(Number))
    }
  })

  test('without --json it is a CSV table with a column for each group', async () => {
    const { out } = await run({ ...layout, ask: [{ statistic: 'total', y: 'diem', by: 'xa' }] })
    const [header, first] = out.split('\n')
    expect(header).toMatch(/^xa,statistic,y,level,p,n,est,se,lo,hi,df/)
    expect(first).toMatch(/^A,total,diem,,,3,120,/)
  })

  test.each([
    [{ ...layout, aks: [], ask: [{ statistic: 'mean', y: 'diem' }] }, 'design.json aks: unknown_option'],
    [{ ...layout, ask: [{ statistic: 'mode', y: 'diem' }] }, 'design.json ask.0.statistic: invalid_value'],
    [{ ...layout, ask: [{ statistic: 'ratio', y: 'diem' }] }, 'design.json ask.0.x: ratio_needs_a_column'],
    [{ ...layout, weight: 'w', ask: [{ statistic: 'mean', y: 'diem' }] }, 'phieu.csv line 1 column w: missing_column'],
    [{ ...layout, ask: [{ statistic: 'share', y: 'diem' }] }, 'phieu.csv line 2 column diem: not_a_share'],
    [
      { strata: 'khu', ask: [{ statistic: 'mean', y: 'diem' }] },
      'design.json ask.0.strata row 6: lonely_sampling_unit (the only sampling unit of its stratum',
    ],
  ])('a fault of the design or of its fit is told with its place: %#', async (design, line) => {
    const { status, out, err } = await run(design)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain(line)
  })

  test.each([
    ['decimal comma', 'y,w\n"1,5",1\n2,1\n', 'line 2 column y: decimal_comma'],
    ['not finite', 'y,w\n1,1\nInf,1\n', 'line 3 column y: not_finite'],
    ['a negative weight', 'y,w\n1,1\n2,-1\n', 'line 3 column w: negative_weight (a weight below 0)'],
    ['weights of zero', 'y,w\n1,0\n2,0\n', 'line 2 column w: no_positive_weight (no weight is above 0)'],
    ['a value that overflows', 'y,w\n1,1\n1e308,1\n', 'line 3 column y: too_large'],
    ['a missing weight', 'y,w\n1,1\n2,\n', 'line 3 column w: missing_value'],
  ])('a fault of the data is told with file, line and column: %s', async (_, csv, line) => {
    const { status, err } = await run({ weight: 'w', ask: [{ statistic: 'mean', y: 'y' }] }, file('bad.csv', csv))
    expect(status).toBe(2)
    expect(err).toContain(`bad.csv ${line}`)
  })

  test.each([
    ['nobody answered', 'y,w\n,1\n,1\n', 'not_measured', 0],
    ['one sampling unit', 'y,w\n1,1\n', 'too_few', 1],
  ])('what cannot be estimated says why instead of giving a number: %s', async (_, csv, suppressed, n) => {
    const design = {
      weight: 'w',
      ask: ['mean', 'total', 'share', 'quantile'].map((statistic) => ({ statistic, y: 'y' })),
    }
    const { status, out } = await run(design, file('thin.csv', csv), '--json')
    expect(status).toBe(0)
    for (const one of JSON.parse(out) as unknown[])
      expect(one).toMatchObject({ est: null, se: null, lo: null, hi: null, n, suppressed })
  })

  test('sampling units that happen to be alike are chance, as in the scores of an index; a census and R’s intervals are not touched', async () => {
    const rows = ['1,1', '1,2', '2,3', '2,4'].flatMap((unit) => ['m', 'k'].map((y) => `${unit},2,${y}`))
    const csv = file('alike.csv', `khu,cum,tat_ca,y\n${rows.join('\n')}\n`)
    const design = { strata: 'khu', clusters: ['cum'] }
    const ask = ['wilson', 'logit'].map((interval) => ({ statistic: 'share', y: 'y', x: 'm', interval }))
    const [wilson, logit] = JSON.parse((await run({ ...design, ask }, csv, '--json')).out) as Record<string, number>[]
    const size = 8 * (tQuantile(0.975, 7) / tQuantile(0.975, 2)) ** 2
    const { lo, hi } = wilsonLimits(0.5, size)
    expect(wilson).toMatchObject({ est: 0.5, n: 8, df: 2, lo: expect.closeTo(lo, 12), hi: expect.closeTo(hi, 12) })
    expect(wilson!['se']).toBeCloseTo(Math.sqrt(0.25 / 8), 12)
    const unit = { est: [0.5], n: [8], kish: [8], covariance: [0], clusters: 4, strata: 2 }
    const from = { instrument: 'x', item: 'y', statistic: 'share', options: ['m'] }
    const indicator = { code: 'A', from, normalise: { method: 'none' } } as unknown as IndexIndicator
    const scored = indicatorEstimate(indicator, unit, 0, null)
    expect([scored.lo, scored.hi, scored.se]).toEqual(
      [wilson!['lo'], wilson!['hi'], wilson!['se']].map((x) => expect.closeTo(x!, 12)),
    )
    expect(logit).toMatchObject({ se: 0, lo: 0.5, hi: 0.5 })
    const census = JSON.parse((await run({ ...design, fpc: 'tat_ca', ask: [ask[0]] }, csv, '--json')).out) as unknown[]
    expect(census[0]).toMatchObject({ est: 0.5, se: 0, lo: 0.5, hi: 0.5 })
  })

  test('a population smaller than its sample is told by the stratum’s first line', async () => {
    const csv = file('small.csv', 'khu,tat_ca,y\nX,5,1\nX,5,0\nY,1,1\nY,1,0\n')
    const ask = [{ statistic: 'mean', y: 'y' }]
    const { err } = await run({ strata: 'khu', fpc: 'tat_ca', ask }, csv)
    expect(err).toContain('small.csv line 4 column tat_ca: fpc_below_sample')
  })

  test('equal answers have no spread: a share still gets a width, a mean says 0', async () => {
    const csv = file('same.csv', `y,w\n${'1,1\n'.repeat(20)}`)
    const { out } = await run(
      {
        weight: 'w',
        ask: [
          { statistic: 'share', y: 'y' },
          { statistic: 'mean', y: 'y' },
        ],
      },
      csv,
      '--json',
    )
    const [share, mean] = JSON.parse(out) as Record<string, number>[]
    expect(share).toMatchObject({ est: 1, hi: 1, n: 20 })
    expect(share!['lo']).toBeGreaterThan(0.8)
    expect(share!['lo']).toBeLessThan(0.9)
    expect(mean).toMatchObject({ est: 1, se: 0, lo: 1, hi: 1 })
  })
})
