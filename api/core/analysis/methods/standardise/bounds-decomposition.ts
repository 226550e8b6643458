import { z } from 'zod'
import { boundsChange, compositeChange, type Goalposts } from '../../../stats/standardise/boundsChange.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { completeTexts, measures } from '../cells.ts'
import { columnOption } from '../columns.ts'
import { unitRows } from './groups.ts'

const pair = z.tuple([z.number(), z.number()])

export const boundsDecompositionMethod = method({
  name: 'bounds-decomposition',
  summary:
    'Change of min-max scores split into own change and moved goalposts, per indicator and for their weighted mean',
  options: {
    unit: columnOption('unit', 'the unit'),
    period: columnOption('period', 'the period'),
    indicator: columnOption('indicator', 'the indicator; not needed when there is one'),
    value: columnOption('value', 'the raw value; a missing one has no score'),
    from: z.string().max(200).optional().describe('first period; default the first in order'),
    to: z.string().max(200).optional().describe('second period; default the last in order'),
    scale: pair.default([1, 10]).describe('range of the scores'),
    lower: z.array(z.string().max(200)).max(2000).default([]).describe('indicators of which less is better'),
    weights: z
      .record(z.string(), z.number().min(0))
      .optional()
      .describe('weight of each indicator in the mean, 1 where none is given'),
    bounds: z
      .record(z.string(), z.strictObject({ from: pair, to: pair }))
      .optional()
      .describe('min and max of an indicator in each period; default the smallest and largest value of all its units'),
  },
  output:
    '{ from, to, rows: [{ unit, indicator, value0, value1, score0, score1, change, own, bounds, boundsMin, boundsMax }], composites: ' +
    '[{ unit, score0, score1, change, own, bounds, boundsMin, boundsMax, weights }] }; change = own + bounds (+ weights: ' +
    'indicators that came or went), bounds = boundsMin + boundsMax (null when the two scales do not overlap); a score is null ' +
    'where the value is missing or the indicator constant',
  source: 'Shapley’s value of own change and scale, Owen’s of the two ends of the scale',
  run(table, options) {
    const values = measures(table, options.value)
    const periods = completeTexts(table, options.period)
    const single = !table.columns.includes(options.indicator) && options.indicator === 'indicator'
    const indicators = single ? table.rows.map(() => options.value) : completeTexts(table, options.indicator)
    const [from, to] = twoPeriods(table, options, periods)
    const names = [...new Set(indicators)]
    assertKnown(options, names)
    const units = unitRows(table, options.unit, single ? [options.period] : [options.period, options.indicator])
    const scales = new Map(
      names.map((name) => {
        const at = (period: string) =>
          values.filter((value, row) => value !== null && indicators[row] === name && periods[row] === period)
        const given = options.bounds?.[name]
        const ends = (found: readonly (number | null)[], fixed: readonly [number, number] | undefined): Goalposts =>
          fixed === undefined ? extremes(found) : { min: fixed[0], max: fixed[1] }
        return [name, [ends(at(from), given?.from), ends(at(to), given?.to)] as const]
      }),
    )
    const found = units.map(({ unit, rows }) => {
      const at = new Map(rows.map((row) => [`${periods[row]}\n${indicators[row]}`, values[row] ?? null]))
      const valueAt = (name: string, period: string) => at.get(`${period}\n${name}`) ?? null
      return {
        unit,
        parts: names.map((indicator) => {
          const [value0, value1] = [valueAt(indicator, from), valueAt(indicator, to)]
          const [scale0, scale1] = scales.get(indicator)!
          const score = (value: number | null, scale: Goalposts) =>
            value === null ? null : (boundsChange([value, value], [scale, scale], how(indicator))?.score0 ?? null)
          const [score0, score1] = [score(value0, scale0), score(value1, scale1)]
          const change =
            score0 === null || score1 === null
              ? null
              : boundsChange([value0!, value1!], [scale0, scale1], how(indicator))
          return { indicator, weight: options.weights?.[indicator] ?? 1, value0, value1, score0, score1, change }
        }),
      }
    })
    function how(indicator: string) {
      return { to: options.scale, better: options.lower.includes(indicator) ? 'lower' : 'higher' } as const
    }
    return {
      from,
      to,
      rows: found.flatMap(({ unit, parts }) =>
        parts.map(({ indicator, value0, value1, score0, score1, change }) => ({
          unit,
          indicator,
          value0,
          value1,
          score0,
          score1,
          ...(change ?? noChange),
        })),
      ),
      composites: found.map(({ unit, parts }) => ({
        unit,
        ...(compositeChange(parts) ?? { score0: null, score1: null, ...noChange, weights: null }),
      })),
    }
  },
})

const noChange = { change: null, own: null, bounds: null, boundsMin: null, boundsMax: null }

function extremes(values: readonly (number | null)[]): Goalposts {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (value! < min) min = value!
    if (value! > max) max = value!
  }
  return { min, max }
}

function twoPeriods(
  table: Table,
  options: { period: string; from?: string | undefined; to?: string | undefined },
  periods: readonly string[],
): [string, string] {
  const known = [...new Set(periods)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
  if (known.length < 2) throw new DataError(table.file, [{ code: 'one_period', line: null, column: options.period }])
  for (const path of ['from', 'to'] as const)
    if (options[path] !== undefined && !known.includes(options[path]))
      throw new OptionsError([{ path, code: 'no_such_period' }])
  return [options.from ?? known[0]!, options.to ?? known.at(-1)!]
}

function assertKnown(
  options: {
    scale: readonly [number, number]
    lower: readonly string[]
    weights?: Record<string, number> | undefined
    bounds?: Record<string, { from: readonly [number, number]; to: readonly [number, number] }> | undefined
  },
  names: readonly string[],
): void {
  const faults: { path: string; code: string }[] = []
  if (!(options.scale[0] < options.scale[1])) faults.push({ path: 'scale', code: 'empty_range' })
  const check = (path: string, list: readonly string[]) => {
    for (const name of list)
      if (!names.includes(name)) faults.push({ path: `${path}.${name}`, code: 'no_such_indicator' })
  }
  check('lower', options.lower)
  check('weights', Object.keys(options.weights ?? {}))
  check('bounds', Object.keys(options.bounds ?? {}))
  for (const [name, { from, to }] of Object.entries(options.bounds ?? {}))
    if (!(from[0] < from[1]) || !(to[0] < to[1])) faults.push({ path: `bounds.${name}`, code: 'empty_range' })
  if (options.weights !== undefined && names.every((name) => options.weights?.[name] === 0))
    faults.push({ path: 'weights', code: 'weights_of_zero' })
  if (faults.length > 0) throw new OptionsError(faults)
}
