import { z } from 'zod'
import { jamesStein } from '../../../stats/shrinkage/jamesStein.ts'
import { sum } from '../../../stats/sum.ts'
import { DataError } from '../../../table/data-error.ts'
import type { Table } from '../../../table/table.ts'
import { method, OptionsError } from '../../method.ts'
import { completeMeasures, positives, shareCells } from '../cells.ts'
import { columnOption } from '../columns.ts'
import { distinctUnits } from '../estimates.ts'

const column = z.string().min(1).max(200)

export const jamesSteinMethod = method({
  name: 'james-stein',
  summary: 'Means of equal precision drawn to a common target by one share (James–Stein, Efron–Morris)',
  options: {
    est: columnOption('est', 'the estimate; not used when x and n are named'),
    variance: z
      .union([z.number().gt(0), column])
      .optional()
      .describe(
        'sampling variance: one number, or a column whose values are all equal; for x and n default p̄(1 − p̄)/n',
      ),
    x: column.optional().describe('column: favourable answers, for shares x / n'),
    n: column.optional().describe('column: answers, the same for every unit'),
    transform: z
      .enum(['none', 'arcsine'])
      .default('none')
      .describe('for x and n: work on √n·arcsin(2p − 1), whose variance is 1, and turn back'),
    target: z
      .union([z.literal('mean'), z.number()])
      .default('mean')
      .describe('"mean" of the units (k − 3), or a number fixed beforehand (k − 2), on the scale of the estimates'),
    positivePart: z.boolean().default(true).describe('let no unit pass the target'),
    unit: columnOption('unit', 'name of the row; not needed'),
  },
  output:
    '{ k, variance, target, keep, rows: [{ line, unit, est, shrunken, transformed, transformedShrunken }] }; keep is the share ' +
    'of its deviation from the target that a unit keeps, 1 − (k − 3)·variance/Σ(est − target)²; transformed values are null ' +
    'without a transform; variance and keep belong to the scale that was drawn together',
  source: 'James & Stein 1961; Efron & Morris, JASA 70 (1975), whose 18 batting averages keep .209 (arcsine)',
  run(table, options) {
    const units = distinctUnits(table, options.unit)
    const { raw, scale } = values(table, options)
    const there = raw.map(scale.to)
    const variance = commonVariance(table, options, raw, scale.n)
    const target = typeof options.target === 'number' ? scale.to(options.target) : 'mean'
    // Shares that are all 0 or all 1 have no binomial variance; they are all alike and stay where they are.
    const found =
      variance > 0
        ? jamesStein(there, variance, { target, positivePart: options.positivePart })
        : { target: there[0]!, keep: 0, estimates: there }
    const moved = options.transform === 'arcsine'
    return {
      k: raw.length,
      variance,
      target: found.target,
      keep: found.keep,
      rows: table.rows.map(({ line }, i) => ({
        line,
        unit: units[i] ?? null,
        est: raw[i]!,
        shrunken: scale.back(found.estimates[i]!),
        transformed: moved ? there[i]! : null,
        transformedShrunken: moved ? found.estimates[i]! : null,
      })),
    }
  },
})

interface Given {
  readonly est: string
  readonly variance?: number | string | undefined
  readonly x?: string | undefined
  readonly n?: string | undefined
  readonly transform: 'none' | 'arcsine'
}

/** The units' values, and the scale on which they are drawn together. */
function values(table: Table, { est, x, n, transform }: Given) {
  const plain = { n: null as number | null, to: (value: number) => value, back: (value: number) => value }
  if (x === undefined || n === undefined) {
    if (x !== undefined || n !== undefined) throw new OptionsError([{ path: 'x', code: 'x_and_n_together' }])
    if (transform === 'arcsine') throw new OptionsError([{ path: 'transform', code: 'arcsine_needs_x_and_n' }])
    return { raw: completeMeasures(table, est), scale: plain }
  }
  const cells = shareCells(table, x, n)
  const size = cells[0]!.n
  const other = cells.find((cell) => cell.n !== size)
  if (other !== undefined) throw new DataError(table.file, [{ code: 'unequal_sizes', line: other.line, column: n }])
  const raw = cells.map((cell) => cell.x / size)
  if (transform === 'none') return { raw, scale: { ...plain, n: size } }
  const root = Math.sqrt(size)
  const scale = {
    n: size,
    to: (share: number) => root * Math.asin(Math.min(1, Math.max(-1, 2 * share - 1))),
    back: (value: number) => (1 + Math.sin(value / root)) / 2,
  }
  return { raw, scale }
}

function commonVariance(
  table: Table,
  { variance, transform }: Given,
  raw: readonly number[],
  size: number | null,
): number {
  if (typeof variance === 'number') return variance
  if (typeof variance === 'string') {
    const all = positives(table, variance)
    const at = all.findIndex((value) => Math.abs(value - all[0]!) > 1e-9 * all[0]!)
    if (at >= 0)
      throw new DataError(table.file, [
        { code: 'unequal_variances', line: table.rows[at]?.line ?? null, column: variance },
      ])
    return all[0]!
  }
  if (size === null) throw new OptionsError([{ path: 'variance', code: 'variance_needed' }])
  if (transform === 'arcsine') return 1
  const mean = sum(raw) / raw.length
  return (mean * (1 - mean)) / size
}
