import { MAX_WIDTH, MIN_POINT, MIN_SHOW } from '../disclosure/thresholds.ts'
import { benjaminiHochberg } from '../stats/benjaminiHochberg.ts'
import type { Estimate } from '../stats/estimate.ts'
import { fisherMidP } from '../stats/fisherMidP.ts'
import { newcombe } from '../stats/newcombe.ts'
import { wilson } from '../stats/wilson.ts'

/** Share of expected false findings among the findings of one page. */
export const FALSE_DISCOVERY_RATE = 0.1

/** One item at one procedure of a unit, and the same item and procedure in what it is compared with. */
export interface WeakSpotCell {
  readonly item: string
  readonly procedureId: number
  readonly favourable: number
  readonly valid: number
  readonly restFavourable: number
  readonly restValid: number
  /** The item's own minimum (sensitive items), where it is above the common one. */
  readonly minimum?: number
  /** Hidden because the cells shown beside it would give it away. */
  readonly hidden?: boolean
}
/** A cell beside what it is compared with. */
export interface CellComparison {
  rest: Estimate
  /** What the cell lacks against the rest: rest − cell, Newcombe's interval. */
  shortfall: Estimate
  /** Fisher's one-sided mid-p. */
  p: number
}
export interface WeakSpot<C extends WeakSpotCell> extends CellComparison {
  cell: C
  estimate: Estimate
  q: number
}
export interface WeakSpots<C extends WeakSpotCell> {
  /** Weakest first: by the lower bound of the shortfall. */
  weak: WeakSpot<C>[]
  /** How many cells had answers enough to be compared. */
  tested: number
  /** Cells precise enough but with nothing to compare with. */
  unmatched: number
  /** Cells with 10–29 answers, or with a wider interval than a finding may have. */
  intervalOnly: { cell: C; estimate: Estimate }[]
  /** Cells with fewer answers than may be shown. */
  few: C[]
}

/**
 * The rule of weak spots. A cell is compared when it has at least 30 valid answers (its item's minimum if higher), its
 * Wilson interval is at most 0.30 wide, and the rest, which never contains the unit itself, has at least 30 too. It is weak
 * when Fisher's one-sided mid-p says so after Benjamini–Hochberg over all compared cells (q = 0.10), and Newcombe's interval of the
 * shortfall lies above zero.
 *
 * @param compare another way to `compareCell`, for one who knows comparisons of the same cells already
 */
export function findWeakSpots<C extends WeakSpotCell>(
  cells: readonly C[],
  compare: (cell: C) => CellComparison = compareCell,
): WeakSpots<C> {
  const isShown = (cell: C) => !cell.hidden && cell.valid >= Math.max(MIN_SHOW, cell.minimum ?? 0)
  const shown = cells.filter(isShown)
  const few = cells.filter((cell) => !isShown(cell) && !cell.hidden && cell.valid > 0)
  const measured = shown.map((cell) => ({ cell, estimate: wilson(cell.favourable, cell.valid) }))
  const isPrecise = ({ cell, estimate }: { cell: C; estimate: Estimate }) =>
    cell.valid >= MIN_POINT && width(estimate) <= MAX_WIDTH
  const precise = measured.filter(isPrecise)
  const compared = precise
    .filter(({ cell }) => cell.restValid >= MIN_POINT)
    .map(({ cell, estimate }) => ({ cell, estimate, ...compare(cell) }))
  const { q, rejected } = benjaminiHochberg(
    compared.map((one) => one.p),
    FALSE_DISCOVERY_RATE,
  )
  const weak = compared
    .map((one, i) => ({ ...one, q: q[i] ?? 1, rejected: rejected[i] === true }))
    .filter((one) => one.rejected && (one.shortfall.lo ?? 0) > 0)
    .map(({ rejected: _rejected, ...one }) => one)
    .sort(
      (a, b) =>
        (b.shortfall.lo ?? 0) - (a.shortfall.lo ?? 0) ||
        a.cell.item.localeCompare(b.cell.item) ||
        a.cell.procedureId - b.cell.procedureId,
    )
  const intervalOnly = measured
    .filter((one) => !isPrecise(one))
    .map(({ cell, estimate }) => ({ cell, estimate: { ...estimate, est: null, se: null } }))
  return { weak, tested: compared.length, unmatched: precise.length - compared.length, intervalOnly, few }
}

/** Both must have answers. */
export function compareCell(cell: WeakSpotCell): CellComparison {
  const here = { favourable: cell.favourable, n: cell.valid }
  const there = { favourable: cell.restFavourable, n: cell.restValid }
  return { rest: wilson(there.favourable, there.n), shortfall: newcombe(here, there), p: fisherMidP(here, there) }
}

function width(estimate: Estimate): number {
  return (estimate.hi ?? 1) - (estimate.lo ?? 0)
}
