import { describe, expect, it } from 'vitest'
import type { Normalise } from '../../api/core/index/definition.ts'
import { scoreIndex } from '../../api/core/index/score.ts'
import { asemData, asemDefinition } from './composite-definition.ts'
import { oracleRows, oraclesPresent, relativeError } from './shared.ts'

const ten: Normalise = { method: 'min-max', to: [1, 10] }

/** Largest relative error over all columns of an expected file that the definition has; a missing cell must be missing. */
function worstError(path: string, normalise: Normalise): number {
  const scored = scoreIndex(asemDefinition(normalise), asemData())
  const errors = oracleRows(path).flatMap(({ uCode = '', ...columns }) =>
    Object.entries(columns).map(([code, text]) => {
      const got = scored.at(scored.units.indexOf(uCode), code)
      if (text === '' || got === null) return text === '' && got === null ? 0 : Infinity
      return relativeError(got, Number(text), 1e-9)
    }),
  )
  return Math.max(...errors)
}

describe.skipIf(!oraclesPresent())('composite index against COINr', () => {
  it.each<[string, Normalise]>([
    ['norm_minmax_0_100', { method: 'min-max', to: [0, 100] }],
    ['norm_minmax_1_10', ten],
    ['agg_amean_1_10_missing_ignored', ten],
  ])('%s: every cell of 51 countries within 1e-13', (file, normalise) => {
    expect(worstError(`composite/expected/${file}.csv`, normalise)).toBeLessThan(1e-13)
  })
})
