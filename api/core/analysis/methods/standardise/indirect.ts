import { z } from 'zod'
import { indirectStandardise, pooledRates } from '../../../stats/standardise/indirect.ts'
import { sum } from '../../../stats/sum.ts'
import { completeMeasures, completeTexts, counts, refuse } from '../cells.ts'
import { columnOption, confOption, unitOption } from '../columns.ts'
import { method, OptionsError } from '../../method.ts'
import { unitRows } from './groups.ts'

export const indirectStandardisationMethod = method({
  name: 'indirect-standardisation',
  summary: 'Events of units over those expected from their mix of groups (O/E), with exact intervals',
  options: {
    group: columnOption('group', 'the group whose rate is the reference'),
    x: columnOption('x', 'events observed, whole numbers'),
    n: columnOption('n', 'exposure ≥ 0: dossiers, answers, people'),
    rates: z
      .union([z.literal('pooled'), z.record(z.string(), z.number().min(0).max(1e6))])
      .default('pooled')
      .describe('reference rate of each group: "pooled" over all units, or {"GROUP": rate, …}'),
    conf: confOption,
    unit: unitOption,
  },
  output:
    '{ conf, rates: [{ group, rate }], overall, rows: [{ unit, groups, exposure, observed, expected, ratio, lo, hi, crude, rate }] }; ' +
    'ratio = observed / expected, null where nothing is expected; crude = observed / exposure, rate = ratio × overall rate',
  source: 'Breslow & Day 1987, chapter 2; exact interval Garwood 1936 (R poisson.test(observed, expected))',
  run(table, options) {
    const names = completeTexts(table, options.group)
    const events = counts(table, options.x)
    const exposures = completeMeasures(table, options.n)
    refuse(table, options.n, exposures, (exposure) => (exposure >= 0 ? null : 'negative'))
    refuse(
      table,
      options.x,
      events.map((x, i) => (x > 0 && exposures[i] === 0 ? x : null)),
      () => 'events_without_exposure',
    )
    const cells = names.map((group, i) => ({ group, events: events[i]!, exposure: exposures[i]! }))
    const rates = options.rates === 'pooled' ? pooledRates(cells) : new Map(Object.entries(options.rates))
    const lacking = cells.find(({ group, exposure }) => exposure > 0 && !rates.has(group))
    if (lacking !== undefined) throw new OptionsError([{ path: `rates.${lacking.group}`, code: 'group_without_rate' }])
    const whole = sum(exposures)
    const overall = whole > 0 ? sum(events) / whole : null
    return {
      conf: options.conf,
      rates: [...rates].map(([group, rate]) => ({ group, rate })),
      overall,
      rows: unitRows(table, options.unit, [options.group]).map(({ unit, rows }) => {
        const own = rows.map((row) => cells[row]!)
        const exposure = sum(own.map((cell) => cell.exposure))
        const found = indirectStandardise(own, rates, options.conf)
        return {
          unit,
          groups: own.length,
          exposure,
          ...found,
          crude: exposure > 0 ? found.observed / exposure : null,
          rate: found.ratio === null || overall === null ? null : found.ratio * overall,
        }
      }),
    }
  },
})
