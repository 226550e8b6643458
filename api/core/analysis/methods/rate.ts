import { rateLimits } from '../../stats/rateLimits.ts'
import { method } from '../method.ts'
import { counts, positives, rowNames } from './cells.ts'
import { columnOption, confOption, unitOption } from './columns.ts'

export const rateMethod = method({
  name: 'rate-interval',
  summary: 'Rate of events x / T with its exact Poisson interval (complaints per 1,000 dossiers)',
  options: {
    conf: confOption,
    x: columnOption('x', 'events counted, whole numbers'),
    exposure: columnOption('T', 'exposure > 0: time, dossiers, people'),
    unit: unitOption,
  },
  output: '{ conf, rows: [{ line, unit, x, exposure, est, lo, hi }] }',
  source: 'Garwood 1936; R poisson.test',
  run(table, options) {
    const events = counts(table, options.x)
    const exposures = positives(table, options.exposure)
    const units = rowNames(table, options.unit)
    const rows = table.rows.map(({ line }, i) => {
      const [x, exposure] = [events[i] ?? 0, exposures[i] ?? 1]
      return { line, unit: units[i] ?? null, x, exposure, est: x / exposure, ...rateLimits(x, exposure, options.conf) }
    })
    return { conf: options.conf, rows }
  },
})
