import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blandAltman } from '../../../api/core/stats/agreement/blandAltman.ts'
import { concordance } from '../../../api/core/stats/agreement/concordance.ts'
import { correlation, correlationMethods } from '../../../api/core/stats/agreement/correlation.ts'
import { deming } from '../../../api/core/stats/agreement/deming.ts'
import { iccForms, intraclassCorrelations } from '../../../api/core/stats/agreement/icc.ts'
import { kendallW } from '../../../api/core/stats/agreement/kendallW.ts'

const measured = fc.integer({ min: -50, max: 50 })
const pairs = fc.array(fc.tuple(measured, measured), { minLength: 1, maxLength: 15 })
const columns = (list: readonly (readonly [number, number])[]) =>
  [list.map(([x]) => x), list.map(([, y]) => y)] as const

describe('correlations', () => {
  it('do not depend on order, turn with the sign, stay within ±1, and their interval holds them', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(...correlationMethods), (list, method) => {
        const [x, y] = columns(list)
        const found = correlation(x, y, method)
        const back = correlation(x.toReversed(), y.toReversed(), method)
        const turned = correlation(
          x,
          y.map((value) => -value),
          method,
        )
        if (found.est === null) {
          expect(turned.est).toBeNull()
          return
        }
        expect(back.est).toBeCloseTo(found.est, 10)
        expect(turned.est).toBeCloseTo(-found.est, 10)
        if (found.p !== null) expect(turned.p).toBeCloseTo(found.p, 10)
        expect(Math.abs(found.est)).toBeLessThanOrEqual(1)
        if (found.lo === null) return
        expect(found.lo).toBeLessThanOrEqual(found.est + 1e-12)
        expect(found.hi!).toBeGreaterThanOrEqual(found.est - 1e-12)
      }),
    )
  })

  it('of few ranks in perfect order is no certainty: an interval as far as the nearest order reaches', () => {
    const x = [1, 2, 3, 4, 5, 6]
    for (const n of [4, 5, 6])
      for (const method of ['spearman', 'kendall'] as const) {
        const up = correlation(x.slice(0, n), x.slice(0, n), method)
        const down = correlation(x.slice(0, n), x.slice(0, n).toReversed(), method)
        const near = correlation(x.slice(0, n), [2, 1, ...x.slice(2, n)], method)
        const { lo } = near
        expect(up.est).toBeCloseTo(1, 12)
        expect([up.lo, up.hi]).toEqual(lo === null ? [null, null] : [expect.closeTo(lo, 12), 1])
        if (lo === null) continue
        expect(up.lo).toBeLessThan(0.8)
        expect([down.lo, down.hi]).toEqual([-1, expect.closeTo(-up.lo!, 12)])
      }
    const four = correlation([1, 2, 3, 4], [1, 2, 3, 4], 'spearman')
    expect(four.lo).toBeLessThan(0) // as p = 0.083 says
    const line = correlation([1, 2, 3, 4], [1, 2, 3, 4], 'pearson')
    expect([line.lo, line.hi]).toEqual([1, 1])
  })

  it('exact p values count permutations: all orders of five pairs, once more', () => {
    const order = [2, 0, 1, 4, 3]
    const all: number[][] = []
    const fill = (start: readonly number[]): unknown =>
      start.length === 5
        ? all.push([...start])
        : [0, 1, 2, 3, 4].filter((i) => !start.includes(i)).map((i) => fill([...start, i]))
    fill([])
    const x = [0, 1, 2, 3, 4]
    for (const method of ['spearman', 'kendall'] as const) {
      const size = Math.abs(correlation(x, order, method).est!)
      const extreme = all.filter((each) => Math.abs(correlation(x, each, method).est!) >= size - 1e-9).length
      expect(correlation(x, order, method).p).toBeCloseTo(extreme / 120, 12)
    }
  })

  it('equal R cor.test where the exact counts end: ten and sixty pairs, and with ties', () => {
    for (const { x, y, want } of cases)
      correlationMethods.forEach((method, i) => {
        const { est, p } = correlation(x, y, method)
        expect(est).toBeCloseTo(want[i]![0], 12)
        expect(Math.abs(p! / want[i]![1] - 1), method).toBeLessThan(1e-9)
      })
  })

  it('a rank correlation of .5 among 34 units lies between .19 and .72 on Fisher’s scale', () => {
    // statistics of the interval alone: any 34 pairs with r = .5 serve
    const x = Array.from({ length: 34 }, (_, i) => Math.sin(i))
    const noise = Array.from({ length: 34 }, (_, i) => Math.cos(7 * i))
    const at = (share: number) =>
      correlation(
        x,
        x.map((value, i) => share * value + noise[i]!),
        'pearson',
      )
    let [low, high] = [0, 5]
    while (high - low > 1e-14) {
      const middle = (low + high) / 2
      if (at(middle).est! < 0.5) low = middle
      else high = middle
    }
    expect(at(low).lo!.toFixed(2)).toBe('0.19')
    expect(at(low).hi!.toFixed(2)).toBe('0.72')
  })

  it('a constant column has none', () => {
    for (const method of correlationMethods) expect(correlation([1, 1, 1], [1, 2, 3], method).est).toBeNull()
    expect(correlation([1], [2], 'pearson').est).toBeNull()
  })
})

describe('Bland–Altman', () => {
  it('turns with the sides, moves with a constant, and its limits are 1.96 standard deviations from the bias', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = columns(list)
        const found = blandAltman(x, y)
        if (found.bias === null) {
          expect(list).toHaveLength(1)
          return
        }
        expect(found.upper!.est - found.bias.est).toBeCloseTo(1.96 * found.sd!, 9)
        expect(blandAltman(y, x).bias!.est).toBeCloseTo(-found.bias.est, 9)
        const moved = blandAltman(
          x.map((value) => value + 7),
          y,
        )
        expect(moved.bias!.est).toBeCloseTo(found.bias.est + 7, 9)
        expect(moved.sd).toBeCloseTo(found.sd!, 9)
      }),
    )
  })

  it('gives bias −2.1 and sd 38.8 for the two peak flow meters of the paper, with errors 9.4 and 16.3', () => {
    const { bias, sd, lower } = blandAltman(wright, mini)
    expect([bias!.est.toFixed(1), sd!.toFixed(1), bias!.se.toFixed(1), lower!.se.toFixed(1)]).toEqual([
      '-2.1',
      '38.8',
      '9.4',
      '16.3',
    ])
    // the interval of the bias in the paper: −22.0 to 17.8, from rounded numbers
    expect(Math.abs(bias!.lo + 22)).toBeLessThan(0.15)
    expect(Math.abs(bias!.hi - 17.8)).toBeLessThan(0.15)
  })

  it('the error of 1999 uses the multiplier itself', () => {
    const { sd, lower } = blandAltman(wright, mini, { limitError: '1999' })
    expect(lower!.se).toBeCloseTo(sd! * Math.sqrt(1 / 17 + 1.96 ** 2 / 32), 12)
  })

  it('finds a drift of difference with size', () => {
    const { trend } = blandAltman([1, 2, 3, 4, 5], [1, 1.5, 2, 2.5, 3])
    expect(trend!.slope).toBeCloseTo(2 / 3, 12)
    expect(blandAltman([2, 3], [3, 2]).trend).toBeNull()
  })
})

describe('Lin’s concordance', () => {
  it('is 1 on the line of equality, never above Pearson’s, and is r times the bias correction', () => {
    expect(concordance([1, 2, 4], [1, 2, 4])).toMatchObject({ ccc: 1, lo: 1, hi: 1 })
    fc.assert(
      fc.property(pairs, (list) => {
        const [x, y] = columns(list)
        const { ccc, r, biasCorrection, lo, hi } = concordance(x, y)
        if (ccc === null || r === null) return
        expect(Math.abs(ccc)).toBeLessThanOrEqual(Math.abs(r) + 1e-12)
        expect(r * biasCorrection!).toBeCloseTo(ccc, 10)
        if (lo !== null) expect([lo <= ccc, hi! >= ccc]).toEqual([true, true])
      }),
    )
  })

  it('equals R epi.ccc on the two peak flow meters', () => {
    const found = concordance(wright, mini)
    const want = {
      ccc: 0.9427424314274845,
      lo: 0.8504918731685605,
      hi: 0.9787262791701224,
      biasCorrection: 0.9994306931363429,
    }
    for (const [name, value] of Object.entries(want)) expect(found[name as keyof typeof want]).toBeCloseTo(value, 12)
  })

  it('a constant column leaves 0, two constant ones nothing', () => {
    expect(concordance([1, 1, 1], [1, 2, 3])).toMatchObject({ ccc: 0, lo: null, r: null })
    expect(concordance([1, 1], [1, 1]).ccc).toBeNull()
    expect(concordance([1, 1], [2, 2]).ccc).toBe(0)
  })
})

describe('intraclass correlations', () => {
  // Shrout & Fleiss 1979, table 2: six subjects, four judges
  const table = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
  ]
  it('are the published .17 .29 .71 .44 .62 .91, with the mean squares of the table', () => {
    const { forms, msSubjects, msWithin, msRaters, msResidual } = intraclassCorrelations(table)
    expect(forms.map(({ icc }) => icc!.toFixed(2))).toEqual(['0.17', '0.29', '0.71', '0.44', '0.62', '0.91'])
    expect([msSubjects, msWithin, msRaters, msResidual].map((ms) => ms.toFixed(2))).toEqual([
      '11.24',
      '6.26',
      '32.49',
      '1.02',
    ])
  })

  it('equal R psych ICC in F, p and interval', () => {
    const { forms } = intraclassCorrelations(table)
    const rows: Record<string, readonly number[]> = {
      ICC1: [0.165741768405476, 1.794678492239469, 5.0, 18.0, 0.16476880834464, -0.132932324874751, 0.722560062328121],
      ICC2: [
        2.89763779527559e-1, 1.10272479564033e1, 5.0, 1.5e1, 1.34566516484337e-4, 1.8786513374712e-2,
        7.61084369648953e-1,
      ],
      ICC3: [
        7.14840714840715e-1, 1.10272479564033e1, 5.0, 1.5e1, 1.34566516484337e-4, 3.42464765033925e-1,
        9.4585825995536e-1,
      ],
      ICC1k: [0.442797133679269, 1.794678492239469, 5.0, 18.0, 0.16476880834464, -0.884442155238119, 0.912415420340776],
      ICC2k: [
        6.20050547598989e-1, 1.10272479564033e1, 5.0, 1.5e1, 1.34566516484337e-4, 7.11368153025035e-2,
        9.27232040167722e-1,
      ],
      ICC3k: [
        9.09315542377069e-1, 1.10272479564033e1, 5.0, 1.5e1, 1.34566516484337e-4, 6.75674713816305e-1,
        9.85891678169062e-1,
      ],
    }
    for (const { form, icc, f, df1, df2, p, lo, hi } of forms) {
      const want = rows[form]!
      ;[icc, f, df1, df2, p, lo, hi].forEach((got, i) => expect(got! / want[i]!, `${form} ${i}`).toBeCloseTo(1, 6))
    }
    expect(forms.map(({ form }) => form)).toEqual(iccForms)
  })

  it('perfect raters have 1 and no finite F; raters that only differ in level have 1 by form 3 alone', () => {
    const perfect = intraclassCorrelations([
      [1, 1],
      [2, 2],
      [5, 5],
    ]).forms
    expect(perfect.map(({ icc, f, p }) => [icc, f, p])).toEqual(iccForms.map(() => [1, null, 0]))
    const shifted = intraclassCorrelations([
      [1, 2],
      [2, 3],
      [5, 6],
    ]).forms
    expect(shifted[2]!.icc).toBe(1)
    expect(shifted[1]!.icc).toBeLessThan(1)
    expect(
      intraclassCorrelations([
        [3, 3],
        [3, 3],
      ]).forms.map(({ icc, p }) => [icc, p]),
    ).toEqual(iccForms.map(() => [null, null]))
    expect(() => intraclassCorrelations([[1, 2]])).toThrow(RangeError)
  })
})

describe('Kendall’s W', () => {
  it('is 1 for one order, and (m·W − 1)/(m − 1) is the mean Spearman of all pairs of raters', () => {
    expect(
      kendallW([
        [1, 10],
        [2, 20],
        [3, 30],
      ]),
    ).toMatchObject({ w: 1, wUncorrected: 1, df: 2 })
    const rows = [
      [1, 2, 1],
      [2, 1, 4],
      [3, 4, 2],
      [4, 3, 3],
      [5, 5, 5],
    ]
    const pairsOf = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(
      ([a, b]) =>
        correlation(
          rows.map((row) => row[a!]!),
          rows.map((row) => row[b!]!),
          'spearman',
        ).est!,
    )
    expect(kendallW(rows).meanSpearman).toBeCloseTo(pairsOf.reduce((x, y) => x + y, 0) / 3, 12)
  })
  it('corrects for ties and has no value when all are tied', () => {
    const tied = kendallW([
      [1, 1],
      [1, 2],
      [3, 3],
    ])
    expect(tied.w!).toBeGreaterThan(tied.wUncorrected)
    expect(
      kendallW([
        [1, 1],
        [1, 1],
      ]).w,
    ).toBeNull()
  })
})

describe('Deming’s line', () => {
  it('has the slope of y on x at an endless ratio, one over that of x on y at 0, and their order between', () => {
    const x = [1, 2, 3, 4, 6]
    const y = [1.2, 1.8, 3.4, 3.9, 6.5]
    const ols = (a: number[], b: number[]) => {
      const [ma, mb] = [a, b].map((list) => list.reduce((s, v) => s + v, 0) / list.length) as [number, number]
      return a.reduce((s, v, i) => s + (v - ma) * (b[i]! - mb), 0) / a.reduce((s, v) => s + (v - ma) ** 2, 0)
    }
    expect(deming(x, y, { ratio: 1e9 })!.slope).toBeCloseTo(ols(x, y), 6)
    expect(deming(x, y, { ratio: 1e-9 })!.slope).toBeCloseTo(1 / ols(y, x), 6)
    const middle = deming(x, y)!.slope
    expect(middle).toBeGreaterThan(ols(x, y))
    expect(middle).toBeLessThan(1 / ols(y, x))
    expect(deming(y, x)!.slope).toBeCloseTo(1 / middle, 12)
  })

  it('jackknife errors are those of fitting without each pair', () => {
    const [x, y] = [wright, mini]
    const { slopeSe, interceptSe } = deming(x, y, { ratio: 2 })!
    const lines = x.map((_, i) => deming(x.toSpliced(i, 1), y.toSpliced(i, 1), { ratio: 2 })!)
    const spread = (values: number[]) => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length
      return Math.sqrt((16 / 17) * values.reduce((all, value) => all + (value - mean) ** 2, 0))
    }
    expect(slopeSe).toBeCloseTo(spread(lines.map(({ slope }) => slope)), 10)
    expect(interceptSe).toBeCloseTo(spread(lines.map(({ intercept }) => intercept)), 8)
  })

  it('there is none through one point, through equal points, or straight up', () => {
    expect(deming([1], [2])).toBeNull()
    expect(deming([1, 1], [2, 2])).toBeNull()
    expect(deming([1, 1], [2, 3])).toBeNull()
    expect(deming([1, 2], [3, 3])).toMatchObject({ slope: 0, slopeSe: null })
  })
})

/** Bland & Altman 1986, table 1: first readings of 17 people with two peak flow meters, l/min. */
const wright = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
const mini = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
const cases: { x: number[]; y: number[]; want: [number, number][] }[] = [
  {
    x: [3, 1, 4, 15, 9, 2, 6, 5, 35, 8],
    y: [2, 7, 1, 8, 28, 18, 4, 5, 9, 0],
    want: [
      [0.0858841294447501, 0.813508100889864],
      [0.212121212121212, 0.559908079271241],
      [0.111111111111111, 0.727489528218695],
    ],
  },
  {
    x: [
      0, 37, 13, 50, 26, 2, 39, 15, 52, 28, 4, 41, 17, 54, 30, 6, 43, 19, 56, 32, 8, 45, 21, 58, 34, 10, 47, 23, 60, 36,
      12, 49, 25, 1, 38, 14, 51, 27, 3, 40, 16, 53, 29, 5, 42, 18, 55, 31, 7, 44, 20, 57, 33, 9, 46, 22, 59, 35, 11, 48,
    ],
    y: [
      0, 16, 42, 78, 124, 180, 246, 322, 408, 504, 610, 726, 852, 988, 125, 281, 447, 623, 809, 1005, 202, 418, 644,
      880, 117, 373, 639, 915, 192, 488, 794, 101, 427, 763, 100, 456, 822, 189, 575, 971, 368, 784, 201, 637, 74, 530,
      996, 463, 949, 436, 942, 449, 975, 502, 39, 595, 152, 728, 305, 901,
    ],
    want: [
      [0.0695391269173854, 0.597529464981132],
      [0.0599611003056405, 0.648240617564523],
      [0.0361581920903955, 0.683136101825343],
    ],
  },
  {
    x: [1, 1, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8],
    y: [2, 1, 2, 4, 3, 5, 5, 4, 7, 8, 7, 7],
    want: [
      [0.906647807637907, 4.76514309872233e-5],
      [0.903400372184381, 5.62201824984936e-5],
      [0.776886035766061, 0.000910384711052186],
    ],
  },
]
