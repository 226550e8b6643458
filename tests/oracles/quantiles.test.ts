import { describe, expect, it } from 'vitest'
import { moments } from '../../api/core/stats/moments.ts'
import { median, medianAbsoluteDeviation, quantile, type QuantileType } from '../../api/core/stats/quantile.ts'
import { oracleJson, oraclesPresent, relativeError } from './shared.ts'

interface Expected {
  readonly vectors: Record<string, number | number[]>
  readonly extra: Record<string, { mean: number; median: number; var: number | null; mad: number; mad_raw: number }>
  readonly cases: readonly { vector: string; type: QuantileType; probs: number[]; q: number[] }[]
}

describe.skipIf(!oraclesPresent())('quantiles and moments against R', () => {
  it('nine types of quantile agree within 1e-12', () => {
    const { vectors, cases } = oracleJson('quantiles/expected/quantiles.json') as Expected
    expect(cases.length).toBeGreaterThanOrEqual(45)
    for (const { vector, type, probs, q } of cases) {
      const sorted = [vectors[vector]!].flat().sort((a, b) => a - b)
      const want = [q].flat()
      ;[probs].flat().forEach((p, i) => {
        const got = quantile(sorted, p, type)
        expect(Math.abs(got - want[i]!), JSON.stringify({ vector, type, p })).toBeLessThan(
          1e-12 * Math.max(1, Math.abs(got)),
        )
      })
    }
  })

  it('median, MAD and variance agree within 1e-12', () => {
    const { vectors, extra } = oracleJson('quantiles/expected/quantiles.json') as Expected
    for (const [vector, want] of Object.entries(extra)) {
      const values = [vectors[vector]!].flat()
      const got = moments(values)
      const close = (value: number, wanted: number) => expect(relativeError(value, wanted), vector).toBeLessThan(1e-12)
      close(got.mean, want.mean)
      close(median(values), want.median)
      close(medianAbsoluteDeviation(values), want.mad)
      close(medianAbsoluteDeviation(values, 1), want.mad_raw)
      if (want.var === null) expect(got.variance).toBeNull()
      else close(got.variance!, want.var)
    }
  })

  it('the variance survives NIST NumAcc3 and NumAcc4', () => {
    const nist = oracleJson('numerics/expected/nist_numacc.json') as Record<string, { mean: number; sd: number }>
    for (const [name, base] of [
      ['NumAcc3', 1_000_000],
      ['NumAcc4', 10_000_000],
    ] as const) {
      const got = moments([base + 0.2, ...Array.from({ length: 1000 }, (_, i) => base + (i % 2 === 0 ? 0.1 : 0.3))])
      expect(relativeError(got.mean, nist[name]!.mean)).toBeLessThan(1e-15)
      expect(relativeError(Math.sqrt(got.variance!), nist[name]!.sd)).toBeLessThan(1e-12)
    }
  })
})
