import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/**
 * The first `count` places of a random order of 0 … `size` − 1, each order equally likely (Fisher–Yates, kept only where it was
 * touched, so that memory goes with `count`). Any first part of it is a simple random sample without replacement.
 */
export function randomOrder(rng: RandomGenerator, size: number, count: number): number[] {
  const moved = new Map<number, number>()
  const at = (place: number) => moved.get(place) ?? place
  return Array.from({ length: Math.min(count, size) }, (_, place) => {
    const other = uniformInt(rng, place, size - 1)
    const drawn = at(other)
    moved.set(other, at(place))
    return drawn
  })
}

/** A number from 0 up to `end`, which is excluded. */
export function randomPoint(rng: RandomGenerator, end: number): number {
  return uniformFloat64(rng) * end
}

/**
 * Forms for cases in order, by chance and balanced: each run of as many cases as there are forms has every form once.
 * @returns null for each case where there is one form or none
 */
export function randomForms(rng: RandomGenerator, forms: readonly string[], count: number): (string | null)[] {
  if (forms.length < 2) return Array.from({ length: count }, () => null)
  const blocks = Array.from({ length: Math.ceil(count / forms.length) }, () =>
    randomOrder(rng, forms.length, forms.length),
  )
  return blocks
    .flat()
    .slice(0, count)
    .map((at) => forms[at] ?? null)
}
