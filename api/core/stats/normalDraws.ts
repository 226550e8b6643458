import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { normalQuantile } from './normalQuantile.ts'

/**
 * Standard normal values from a seed, the same on every machine: xoroshiro128+ by the quantile function, so that one uniform
 * number makes one normal number.
 */
export function normalDraws(seed: number): () => number {
  const generator = xoroshiro128plus(seed)
  return () => {
    let uniform = 0
    while (uniform === 0) uniform = uniformFloat64(generator)
    return normalQuantile(uniform)
  }
}
