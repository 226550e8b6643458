import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** How often each of n rows was drawn in n draws with replacement; the same for the same seed on every machine. */
export function resamples(n: number, seed: number): () => number[] {
  const generator = xoroshiro128plus(seed)
  return () => {
    const drawn = Array.from({ length: n }, () => 0)
    for (let i = 0; i < n; i += 1) drawn[uniformInt(generator, 0, n - 1)]! += 1
    return drawn
  }
}
