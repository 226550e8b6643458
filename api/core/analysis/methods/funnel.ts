import { z } from 'zod'
import {
  exactLimit,
  type FunnelKind,
  type FunnelUnit,
  levelZ,
  midP,
  overDispersion,
  pooledTarget,
  targetError,
} from '../../stats/funnel.ts'
import { DataError } from '../../table/data-error.ts'
import type { Table } from '../../table/table.ts'
import { method, OptionsError } from '../method.ts'
import { counts, exposures, rowNames, shareCells } from './cells.ts'
import { columnOption, unitOption } from './columns.ts'

export const funnelMethod = method({
  name: 'funnel',
  summary: 'Funnel plot: units against a target with limits that follow their size, over-dispersion and who is outside',
  options: {
    kind: z
      .enum(['share', 'ratio'])
      .default('share')
      .describe('share: x of n cases; ratio: x observed against n expected events (O / E)'),
    x: columnOption('x', 'events, whole numbers'),
    n: columnOption('n', 'cases (whole numbers ≥ 1), or expected events > 0'),
    target: z.number().gt(0).optional().describe('value that units are held against; default Σx / Σn'),
    levels: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .max(5)
      .default([0.95, 0.998])
      .describe('shares of units on target inside the limits'),
    winsorise: z.number().min(0).lt(0.5).default(0.1).describe('share of z scores brought in at each end for φ and τ²'),
    unit: unitOption,
  },
  output:
    '{ kind, target, units, phi, tau2, rows: [{ line, unit, x, n, est, se, z, zWinsorised, zMultiplicative, zAdditive, ' +
    'pLower, pUpper }], limits: [{ line, unit, level, lo, hi, exactLo, exactHi, multiplicativeLo, multiplicativeHi, additiveLo, additiveHi, ' +
    'flag, exactFlag, multiplicativeFlag, additiveFlag }] }; limits are target ± z se, target ± z se √max(1, φ), target ± z ' +
    '√(se² + τ²), not cut at 0 or 1; exact ones from the binomial or Poisson distribution, interpolated; pLower and pUpper: ' +
    'one-sided mid-p; flags: above, below or null',
  source: 'Spiegelhalter 2005, Funnel plots for comparing institutional performance',
  run(table, options) {
    const { kind } = options
    const units = unitsOf(table, options)
    const target = options.target ?? pooledTarget(units)
    if (options.target !== undefined && kind === 'share' && options.target >= 1)
      throw new OptionsError([{ path: 'target', code: 'too_big' }])
    if (target === 0 || (kind === 'share' && target === 1))
      throw new DataError(table.file, [{ code: 'no_variation', line: null, column: options.x }])
    const errors = units.map(({ size }) => targetError(kind, target, size))
    const scores = units.map(({ count, size }, i) => (count / size - target) / errors[i]!)
    const { phi, tau2, winsorised } = overDispersion(scores, errors, options.winsorise)
    const widened = Math.sqrt(Math.max(1, phi))
    const names = rowNames(table, options.unit)
    const labels = table.rows.map(({ line }, i) => ({ line, unit: names[i] ?? null }))
    return {
      kind,
      target,
      units: units.length,
      phi,
      tau2,
      rows: units.map((unit, i) => {
        const [est, se, score] = [unit.count / unit.size, errors[i]!, scores[i]!]
        const { lower, upper } = midP(kind, target, unit)
        return {
          ...labels[i]!,
          x: unit.count,
          n: unit.size,
          est,
          se,
          z: score,
          zWinsorised: winsorised[i]!,
          zMultiplicative: score / widened,
          zAdditive: (est - target) / Math.sqrt(se * se + tau2),
          pLower: lower,
          pUpper: upper,
        }
      }),
      limits: options.levels.flatMap((level) => {
        const half = levelZ(level)
        return units.map((unit, i) => {
          const [est, se] = [unit.count / unit.size, errors[i]!]
          const exactLo = exactLimit(kind, target, unit.size, (1 - level) / 2)
          const exactHi = exactLimit(kind, target, unit.size, (1 + level) / 2)
          const around = (width: number) => ({ lo: target - half * width, hi: target + half * width })
          const [plain, times, plus] = [around(se), around(se * widened), around(Math.sqrt(se * se + tau2))]
          return {
            ...labels[i]!,
            level,
            ...plain,
            exactLo,
            exactHi,
            multiplicativeLo: times.lo,
            multiplicativeHi: times.hi,
            additiveLo: plus.lo,
            additiveHi: plus.hi,
            flag: flag(est, plain.lo, plain.hi),
            exactFlag: flag(est, exactLo, exactHi),
            multiplicativeFlag: flag(est, times.lo, times.hi),
            additiveFlag: flag(est, plus.lo, plus.hi),
          }
        })
      }),
    }
  },
})

function unitsOf(table: Table, { kind, x, n }: { kind: FunnelKind; x: string; n: string }): FunnelUnit[] {
  if (kind === 'share') return shareCells(table, x, n).map((cell) => ({ count: cell.x, size: cell.n }))
  const expected = exposures(table, n)
  return counts(table, x).map((count, i) => ({ count, size: expected[i]! }))
}

const flag = (value: number, lo: number, hi: number) => (value > hi ? 'above' : value < lo ? 'below' : null)
