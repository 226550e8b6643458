import { z } from 'zod'
import { normalDraws } from '../../../stats/normalDraws.ts'
import { bootstrapSets, setTypes } from '../../../stats/ranks/bootstrapSets.ts'
import { rankOf } from '../../../stats/ranks/rankOf.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { confOption } from '../columns.ts'
import { comparedOptions, comparedUnits } from './compared.ts'

/** Draws × pairs: 300 units and 5,000 draws take some seconds; for more units see rank-sets, which differs little. */
const unitsMax = 300

export const rankBootstrapMethod = method({
  name: 'rank-bootstrap',
  summary:
    'The places each unit may truly have, by the bootstrap of Mogstad, Romano, Shaikh & Wilhelm; tau best and worst',
  options: {
    conf: confOption.describe('confidence of the sets'),
    type: z.enum(setTypes).default('two-sided').describe('"lower" bounds only the best place, "upper" only the worst'),
    stepdown: z.boolean().default(true).describe('repeat with the pairs not yet told apart'),
    draws: z
      .number()
      .int()
      .min(100)
      .max(50_000)
      .default(5000)
      .describe('bootstrap draws; with R’s 1,000 a bound moves by a place from seed to seed'),
    seed: z.number().int().min(0).max(4_294_967_295).default(1).describe('start of the random numbers'),
    tau: z.number().int().min(1).default(2).describe('who may be among the tau best and the tau worst'),
    ...comparedOptions,
  },
  output:
    '{ units, conf, type, stepdown, draws, seed, tau, rows: [{ line, unit, est, variance, rank, lo, hi, marginalLo, marginalHi, ' +
    'maybeBest, maybeWorst }] }; lo…hi holds for all units at once, marginalLo…marginalHi for one unit alone; at most ' +
    `${unitsMax} units`,
  source: 'Mogstad, Romano, Shaikh & Wilhelm 2024; R csranks: csranks(simul = TRUE and FALSE), cstaubest, cstauworst',
  run(table, options) {
    const { est, variance, spread } = comparedUnits(table, options)
    if (est.length > unitsMax)
      throw new DataError(table.file, [{ code: 'too_many_units', line: null, column: options.est }])
    const { simultaneous, marginal } = bootstrapSets(est, variance, normalDraws(options.seed), options)
    const places = rankOf(est)
    const p = est.length
    const { conf, type, stepdown, draws, seed, tau } = options
    return {
      units: p,
      conf,
      type,
      stepdown,
      draws,
      seed,
      tau,
      rows: spread(
        simultaneous.map(({ lo, hi }, i) => ({
          rank: places[i]!.min,
          lo,
          hi,
          marginalLo: marginal[i]!.lo,
          marginalHi: marginal[i]!.hi,
          maybeBest: lo <= tau,
          maybeWorst: hi > p - tau,
        })),
        { rank: null, lo: null, hi: null, marginalLo: null, marginalHi: null, maybeBest: null, maybeWorst: null },
      ),
    }
  },
})
