import { z } from 'zod'
import { earsAlpha, earsBounds, earsLag, earsMethods } from '../../../stats/ears.ts'
import { DataError } from '../../../table/data-error.ts'
import { method } from '../../method.ts'
import { counts, rowNames } from '../cells.ts'
import { columnOption } from '../columns.ts'

export const earsMethod = method({
  name: 'ears',
  summary: 'EARS C1, C2, C3: daily counts against the days before, for series too short for a control chart',
  options: {
    x: columnOption('x', 'counts in the order of days, none left out'),
    methods: z
      .array(z.enum(earsMethods))
      .min(1)
      .max(3)
      .default([...earsMethods])
      .describe('methods to give'),
    baseline: z.int().min(3).max(366).default(7).describe('days that set the expectation'),
    alpha: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('one-sided chance of a false alarm; default 0.001 for C1 and C2, 0.025 for C3'),
    minSigma: z.number().min(0).max(1e9).default(0).describe('least standard deviation to assume'),
    time: columnOption('time', 'name of the day, carried into the result; not needed'),
  },
  output:
    '{ methods: [{ method, baseline, alpha, rangeStart, rangeEnd, alarms, rows: [{ position, line, time, observed, ' +
    'upperbound, alarm }] }] }; positions from 1; rows from the first day that can be judged; an alarm is a count above ' +
    'its upperbound, which for C3 may be 0',
  source: 'R surveillance 1.20.3 earsC; Fricker, Hegler & Dunfee 2008',
  run(table, options) {
    const observed = counts(table, options.x)
    const times = rowNames(table, options.time, 'time')
    return {
      methods: options.methods.map((name) => {
        const lag = earsLag(name, options.baseline)
        if (observed.length <= lag)
          throw new DataError(table.file, [{ code: 'too_few_rows', line: null, column: options.x }])
        const alpha = options.alpha ?? earsAlpha[name]
        const bounds = earsBounds(observed, name, { baseline: options.baseline, alpha, minSigma: options.minSigma })
        const rows = bounds.flatMap((upperbound, i) =>
          upperbound === null
            ? []
            : [
                {
                  position: i + 1,
                  line: table.rows[i]!.line,
                  time: times[i] ?? null,
                  observed: observed[i]!,
                  upperbound,
                  alarm: observed[i]! > upperbound,
                },
              ],
        )
        return {
          method: name,
          baseline: options.baseline,
          alpha,
          rangeStart: lag + 1,
          rangeEnd: observed.length,
          alarms: rows.filter(({ alarm }) => alarm).map(({ position }) => position),
          rows,
        }
      }),
    }
  },
})
