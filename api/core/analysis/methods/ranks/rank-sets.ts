import { z } from 'zod'
import { expectedRanks } from '../../../stats/ranks/expectedRank.ts'
import { marginalSets, pairwiseRules, simultaneousSets } from '../../../stats/ranks/pairwiseSets.ts'
import { rankOf } from '../../../stats/ranks/rankOf.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { comparedOptions, comparedUnits } from './compared.ts'

/** Pairs grow with the square: 10,000 units are 50 million pairs, a second for each pass. */
export const rankedUnitsMax = 10_000

export const rankSetsMethod = method({
  name: 'rank-sets',
  summary: 'The places each unit may truly have, from tests of all pairs (Holm, Bonferroni), and its expected place',
  options: {
    method: z.enum(pairwiseRules).default('holm').describe('how the tests are held together'),
    conf: confOption.describe('confidence of the sets'),
    tau: z.number().int().min(1).optional().describe('also tell who may be among the tau best and the tau worst'),
    ...comparedOptions,
  },
  output:
    '{ units, method, conf, comparisons, distinguished, critical, rows: [{ line, unit, est, variance, rank, lo, hi, marginalLo, ' +
    'marginalHi, expectedRank, maybeBest, maybeWorst }] }; rank 1 is best, equal values share the best place. lo…hi holds for ' +
    'all units at once (pairs: p(p − 1)/2 tests), marginalLo…marginalHi for one unit alone (its p − 1 tests); maybeBest and ' +
    'maybeWorst only with tau',
  source: 'Holm 1979; Mogstad, Romano, Shaikh & Wilhelm 2024 (sets from pairwise tests); Laird & Louis 1989',
  run(table, options) {
    const { est, variance, spread } = comparedUnits(table, options)
    if (est.length > rankedUnitsMax)
      throw new DataError(table.file, [{ code: 'too_many_units', line: null, column: options.est }])
    const rule = { conf: options.conf, rule: options.method }
    const { sets, ...summary } = simultaneousSets(est, variance, rule)
    const marginal = marginalSets(est, variance, rule)
    const expected = expectedRanks(est, variance)
    const places = rankOf(est)
    const p = est.length
    const results = sets.map(({ lo, hi }, i) => ({
      rank: places[i]!.min,
      lo,
      hi,
      marginalLo: marginal[i]!.lo,
      marginalHi: marginal[i]!.hi,
      expectedRank: expected[i]!,
      ...(options.tau === undefined ? {} : { maybeBest: lo <= options.tau, maybeWorst: hi > p - options.tau }),
    }))
    return {
      units: p,
      method: options.method,
      conf: options.conf,
      ...summary,
      rows: spread(results, {
        rank: null,
        lo: null,
        hi: null,
        marginalLo: null,
        marginalHi: null,
        expectedRank: null,
        ...(options.tau === undefined ? {} : { maybeBest: null, maybeWorst: null }),
      }),
    }
  },
})
