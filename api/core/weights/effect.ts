/** A weight and how many answers carry it. */
export interface WeightCount {
  readonly weight: number
  readonly answers: number
}

/**
 * What unequal weights cost. `deff` is Kish's effect n·Σw²/(Σw)², `nEff` = n/deff the answers that are left of n. Warnings:
 * `uneven_weights` above an effect of 2, `too_few_effective` below 30 effective answers, from where figures should not be
 * compared. Both are null without answers.
 * Source: Kish, Survey Sampling (1965) §11.7; thresholds as NCHS.
 */
export interface WeightEffect {
  readonly n: number
  readonly deff: number | null
  readonly nEff: number | null
  readonly warnings: readonly ('uneven_weights' | 'too_few_effective')[]
}

export const DEFF_WARN = 2
export const EFFECTIVE_MIN = 30

/** Kish's effect from weights and how many answers carry each. */
export function weightEffect(counts: Iterable<WeightCount>): WeightEffect {
  let n = 0
  let sum = 0
  let squares = 0
  for (const { weight, answers } of counts) {
    n += answers
    sum += weight * answers
    squares += weight * weight * answers
  }
  if (!(sum > 0)) return { n, deff: null, nEff: null, warnings: ['too_few_effective'] }
  const nEff = (sum * sum) / squares
  const deff = n / nEff
  return {
    n,
    deff,
    nEff,
    warnings: [
      ...(deff > DEFF_WARN ? (['uneven_weights'] as const) : []),
      ...(nEff < EFFECTIVE_MIN ? (['too_few_effective'] as const) : []),
    ],
  }
}
