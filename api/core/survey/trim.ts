import { OptionsError } from '../analysis/method.ts'
import type { Design } from './design.ts'

/**
 * Weights outside the limits are set to them, and what that takes away (or adds) is spread evenly over the others, so that
 * the sum stays. With `strict` this is repeated until none is outside. As R survey `trimWeights`.
 * @throws OptionsError `trim_leaves_none` when every weight is outside, or the limits cannot hold the sum
 */
export function trimWeights(
  design: Design,
  limits: { lower?: number | undefined; upper?: number | undefined; strict?: boolean | undefined },
): Design {
  const { lower = -Infinity, upper = Infinity } = limits
  let weight = design.weight
  for (let round = 0; round < 1000; round += 1) {
    const isOutside = (own: number) => own > 0 && (own < lower || own > upper)
    const outside = weight.reduce((count, own) => count + Number(isOutside(own)), 0)
    if (outside === 0) break
    const inside = weight.reduce((count, own) => count + Number(own > 0), 0) - outside
    if (inside === 0 || round === 999) throw new OptionsError([{ path: 'trim', code: 'trim_leaves_none' }])
    const cut = weight.reduce((sum, own) => sum + (isOutside(own) ? own - Math.min(upper, Math.max(lower, own)) : 0), 0)
    weight = weight.map((own) => {
      if (own <= 0) return own
      return isOutside(own) ? Math.min(upper, Math.max(lower, own)) : own + cut / inside
    })
    if (limits.strict !== true) break
  }
  return { ...design, weight }
}
