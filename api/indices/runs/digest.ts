import { createHash } from 'node:crypto'
import type { RunInputs } from '../../core/index/run/inputs.ts'
import { canonicalText } from '../../core/instrument/canonical.ts'

/**
 * SHA-256 of a run's inputs, in hexadecimal: of the canonical text of what is words, then of every unit's numbers as 64-bit
 * floating point, little end first, a missing one as NaN. Numbers as text would be ten times as long.
 */
export function inputsDigest(inputs: RunInputs): string {
  const hash = createHash('sha256')
  const { units, ...head } = inputs
  hash.update(
    canonicalText({ ...head, units: units.map(({ unit, name, kind, parentId }) => [unit, name, kind, parentId]) }),
  )
  for (const unit of units) {
    const { mix } = unit
    const lists = [
      unit.gap,
      unit.est,
      unit.n,
      unit.kish,
      unit.covariance,
      unit.counts,
      mix.indicator,
      mix.group,
      mix.weight,
      mix.mean,
    ]
    const totals = [unit.clusters, unit.strata, unit.dossiers, unit.invited, unit.answered]
    hash.update(numberBytes(totals))
    for (const list of lists) hash.update(numberBytes(list))
  }
  return hash.digest('hex')
}

/** The length and then the numbers. Every machine that this runs on puts the little end first. */
function numberBytes(numbers: ArrayLike<number | null>): Uint8Array {
  const list = new Float64Array(numbers.length + 1)
  list[0] = numbers.length
  // a zero below nothing is stored as zero
  for (let k = 0; k < numbers.length; k += 1) list[k + 1] = (numbers[k] ?? NaN) + 0
  return new Uint8Array(list.buffer)
}
