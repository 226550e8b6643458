import { z } from 'zod'
import type { Table } from '../../../table/table.ts'
import { estimateOptions, type UnitEstimate, unitEstimates } from '../estimates.ts'

/** Options of a method that compares units. */
export const comparedOptions = {
  better: z.enum(['higher', 'lower']).default('higher').describe('which end is best'),
  ...estimateOptions,
  se: estimateOptions.se.describe('column: standard error ≥ 0; "se" unless variance is named'),
  variance: estimateOptions.variance.describe('column: sampling variance ≥ 0, in place of se'),
}

/** The units that have an estimate, turned so that higher is better, and a way back to all rows. */
export function comparedUnits(
  table: Table,
  options: Parameters<typeof unitEstimates>[1] & { better: 'higher' | 'lower' },
) {
  const rows = unitEstimates(table, options, 'zero')
  const used = rows.filter(({ est }) => est !== null)
  const turn = options.better === 'higher' ? 1 : -1
  let at = 0
  /** Where each row is among the units used; null for a row without an estimate. */
  const place = rows.map(({ est }) => (est === null ? null : at++))
  return {
    rows,
    est: used.map(({ est }) => turn * est!),
    variance: used.map(({ variance }) => variance!),
    spread: <T extends object, N extends object>(results: readonly T[], nothing: N): (UnitEstimate & (T | N))[] =>
      rows.map((row, i) => ({ ...row, ...(place[i] === null ? nothing : results[place[i]!]!) })),
  }
}
