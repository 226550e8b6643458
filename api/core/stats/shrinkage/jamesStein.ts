import { moments } from '../moments.ts'
import { sum } from '../sum.ts'

export interface JamesStein {
  readonly target: number
  /** Share of its deviation from the target that each unit keeps: 1 − (k − c)·v / Σ(y − target)². */
  readonly keep: number
  readonly estimates: readonly number[]
}

/**
 * James–Stein estimates of k means seen with the same sampling variance v > 0: each is drawn towards a target by the
 * same share. Towards the units' own mean k − 3 is the constant (needs k ≥ 4), towards a value fixed beforehand k − 2
 * (k ≥ 3); with fewer units nothing is gained and each keeps its value. `positivePart` lets nobody pass the target.
 * Units without any spread all lie on the target: keep is then 0.
 * Source: James & Stein 1961; Efron & Morris, JASA 70 (1975).
 * @throws RangeError without units or when v is not positive
 */
export function jamesStein(
  y: readonly number[],
  variance: number,
  { target = 'mean', positivePart = true }: { target?: 'mean' | number; positivePart?: boolean } = {},
): JamesStein {
  if (!(variance > 0) || y.length === 0) throw new RangeError('jamesStein requires units and a variance > 0')
  const centre = target === 'mean' ? moments(y).mean : target
  const constant = y.length - (target === 'mean' ? 3 : 2)
  const squares = sum(y.map((value) => (value - centre) ** 2))
  const keep = constant <= 0 ? 1 : squares === 0 ? 0 : 1 - (constant * variance) / squares
  const used = positivePart ? Math.max(0, keep) : keep
  return { target: centre, keep: used, estimates: y.map((value) => centre + used * (value - centre)) }
}
