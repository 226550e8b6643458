import { z } from 'zod'
import { rankOf } from '../../../stats/ranks/rankOf.ts'
import { numbers } from '../../../table/table.ts'
import { method } from '../../method.ts'
import { columnOption, unitOption } from '../columns.ts'
import { distinctUnits } from '../estimates.ts'

export const ranksMethod = method({
  name: 'ranks',
  summary: 'Places of values with ties: best, mean and worst place of equal values',
  options: {
    value: columnOption('value', 'the value; a missing one has no place'),
    better: z.enum(['higher', 'lower']).default('higher').describe('which end is best'),
    unit: unitOption,
  },
  output: '{ ranked, rows: [{ line, unit, value, min, average, max }] }; 1 is best, equal values share',
  source: 'R rank(ties.method = "min" | "average" | "max")',
  run(table, options) {
    const units = distinctUnits(table, options.unit)
    const values = numbers(table, options.value)
    const places = rankOf(values, options.better)
    const rows = table.rows.map(({ line }, i) => ({
      line,
      unit: units[i] ?? null,
      value: values[i] ?? null,
      ...(places[i] ?? { min: null, average: null, max: null }),
    }))
    return { ranked: places.filter((place) => place !== null).length, rows }
  },
})
