import { describe, expect, it } from 'vitest'
import { findMethod } from '../../api/core/analysis/registry.ts'
import { oracleTable } from './oracle-table.ts'
import { oraclesPresent, relativeError } from './shared.ts'

interface Found {
  readonly bias: { est: number; se: number }
  readonly sd: number
  readonly lower: { se: number }
  readonly ccc: number
  readonly lo: number
  readonly hi: number
}
const run = (name: string, options: object) =>
  findMethod(name)!.run(oracleTable('agreement/input/bland_altman_1986_pefr.csv'), options) as Found

describe.skipIf(!oraclesPresent())('agreement of the two peak flow meters of Bland & Altman 1986', () => {
  it('is −2.1 ± 38.8 as published, for the names of columns that an analyst gives', () => {
    const { bias, sd, lower } = run('bland-altman', { x: 'wright1', y: 'mini1' })
    expect(relativeError(bias.est, -2.117647058823529)).toBeLessThan(1e-13)
    expect(relativeError(sd, 38.76512987360738)).toBeLessThan(1e-13)
    expect([bias.se.toFixed(1), lower.se.toFixed(1)]).toEqual(['9.4', '16.3'])
  })

  it('has the concordance of R epiR epi.ccc', () => {
    const { ccc, lo, hi } = run('concordance', { x: 'wright1', y: 'mini1' })
    const want = [0.9427424314274845, 0.8504918731685605, 0.9787262791701224]
    ;[ccc, lo, hi].forEach((value, i) => expect(relativeError(value, want[i]!)).toBeLessThan(1e-12))
  })
})
