import type { ScoreRow } from '../../db/queries/publications.ts'
import { sameDigits } from '../core/publication/compare.ts'
import { FAMILIES } from '../core/publication/family.ts'
import { estimateOf } from './rows.ts'

/**
 * Which of a unit's figures show again what runs withdrawn for privacy showed: they carry it on, or have the same digits. With one
 * figure go all that are made of the same answers.
 * @param told the unit's figures in the withdrawn runs of the period
 */
export function recalledFigures(rows: readonly ScoreRow[], told: readonly ScoreRow[]): Set<string> {
  const runs = new Set(told.map((row) => row.run_id))
  const same = rows.filter((row) =>
    row.source_run_id !== null && runs.has(row.source_run_id)
      ? true
      : row.suppressed === null &&
        told.some((one) => one.figure === row.figure && sameDigits(estimateOf(one), estimateOf(row))),
  )
  // how many were asked and have answered gives nobody away
  const figures = same.map((row) => row.figure).filter((figure) => figure !== 'response_rate')
  const families = FAMILIES.filter((family) => family.figures.some((figure) => figures.includes(figure)))
  return new Set([...figures, ...families.flatMap((family) => family.figures)])
}
