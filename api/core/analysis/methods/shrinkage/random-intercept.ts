import { z } from 'zod'
import { randomIntercept } from '../../../stats/shrinkage/randomIntercept.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { completeTexts, measures } from '../cells.ts'
import { columnOption, confOption } from '../columns.ts'

export const randomInterceptMethod = method({
  name: 'random-intercept',
  summary: 'Values in groups: variance between and within groups, common mean, and each group’s mean drawn towards it',
  options: {
    method: z.enum(['REML', 'ML']).default('REML').describe('restricted or full maximum likelihood'),
    group: columnOption('group', 'name of the group of each row'),
    y: columnOption('y', 'the value; rows without one are left out'),
    conf: confOption,
  },
  output:
    '{ method, conf, n, missing, mu, se, lo, hi, varianceBetween, varianceWithin, icc, logLikelihood, deviance, aic, bic, groups: ' +
    '[{ group, n, mean, effect, effectSe, blup }] }; deviance is −2 log likelihood (lme4’s REML criterion), effect the ' +
    'predicted deviation of the group (ranef), blup = mu + effect; likelihood is null when no group has spread inside',
  source: 'R lme4 lmer(y ~ 1 + (1 | group)); Bates, Mächler, Bolker & Walker 2015',
  run(table, options) {
    const names = completeTexts(table, options.group)
    const values = measures(table, options.y)
    const groups = new Map<string, number[]>()
    values.forEach((value, i) => {
      if (value === null) return
      const name = names[i]!
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [value])
      else group.push(value)
    })
    const n = values.filter((value) => value !== null).length
    const refusal =
      n === 0 ? 'no_values' : groups.size < 2 ? 'one_group' : n === groups.size ? 'one_value_per_group' : null
    if (refusal !== null)
      throw new DataError(table.file, [
        { code: refusal, line: null, column: refusal === 'no_values' ? options.y : options.group },
      ])
    const { groups: effects, ...summary } = randomIntercept([...groups.values()], {
      restricted: options.method === 'REML',
      conf: options.conf,
    })
    return {
      method: options.method,
      conf: options.conf,
      missing: values.length - n,
      ...summary,
      groups: [...groups.keys()].map((group, i) => ({ group, ...effects[i]! })),
    }
  },
})
