import { OptionsError } from '../analysis/method.ts'
import type { Table } from '../table/table.ts'
import { auxiliaries } from './auxiliaries.ts'
import type { Design } from './design.ts'
import { generalisedInverse } from './generalised-inverse.ts'
import type { Projection } from './projection.ts'
import type { CalibrateSpec } from './spec.ts'
import { rakeWeights } from './rake.ts'
import { solveCalibration } from './solve-calibration.ts'

/**
 * A design whose weights reproduce known totals, and whose variances know it: what the totals explain no longer varies.
 *
 * `post-stratify` one margin, exactly · `rake` several margins in turn until they hold to 1e-12, optionally with weights cut
 * at `cap` × mean · `linear` GREG; `raking` exponential; `logit` between bounds (Deville & Särndal 1992).
 * @throws OptionsError with the path of the margin: `unknown_column` `level_not_in_sample` `level_without_total`
 *   `totals_disagree` `not_a_positive_total` `one_margin_needed` `bounds_needed` `bad_bounds` `no_convergence`;
 *   DataError for cells that are missing or no numbers
 */
export function calibrate(table: Table, design: Design, spec: CalibrateSpec): Design {
  const { method, margins, bounds, cap } = spec
  const byCells = method === 'post-stratify' || method === 'rake'
  if (method === 'post-stratify' && Object.keys(margins).length !== 1) refuse('margins', 'one_margin_needed')
  if (method === 'logit' && bounds === undefined) refuse('bounds', 'bounds_needed')
  if (bounds !== undefined && (byCells || !(bounds[0] < 1 && bounds[1] > 1))) refuse('bounds', 'bad_bounds')
  if (cap !== undefined && !byCells) refuse('cap', 'only_for_rake')
  const known = auxiliaries(table, design, margins, byCells)
  const weight = byCells
    ? rakeWeights(design.weight, known, cap)
    : solveCalibration(design.weight, known, method, bounds ?? [-Infinity, Infinity])
  return { ...design, weight, projection: projectionOf(design, known) }
}

function projectionOf(design: Design, known: Omit<Projection, 'inverse' | 'baseWeight'>): Projection {
  const { width, columns, index, value } = known
  const cross = Array.from({ length: columns }, () => new Float64Array(columns))
  for (let row = 0; row < design.size; row += 1) {
    for (let e = row * width; e < (row + 1) * width; e += 1) {
      if (index[e]! < 0) continue
      for (let k = row * width; k < (row + 1) * width; k += 1) {
        if (index[k]! >= 0) cross[index[e]!]![index[k]!]! += design.weight[row]! * value[e]! * value[k]!
      }
    }
  }
  return { width, columns, index, value, baseWeight: design.weight, inverse: generalisedInverse(cross) }
}

function refuse(path: string, code: string): never {
  throw new OptionsError([{ path: `calibrate.${path}`, code }])
}
