import { fQuantile, fUpper } from '../fDistribution.ts'
import { sum } from '../sum.ts'

/** The six forms of Shrout & Fleiss: one-way, two-way random, two-way fixed; a single rater, or the mean of k. */
export const iccForms = ['ICC1', 'ICC2', 'ICC3', 'ICC1k', 'ICC2k', 'ICC3k'] as const
export type IccForm = (typeof iccForms)[number]

export interface Icc {
  readonly form: IccForm
  readonly icc: number | null
  readonly f: number | null
  readonly df1: number
  readonly df2: number
  readonly p: number | null
  readonly lo: number | null
  readonly hi: number | null
}

export interface IntraclassCorrelations {
  readonly subjects: number
  readonly raters: number
  /** Mean squares between subjects, within subjects, between raters, and what is left. */
  readonly msSubjects: number
  readonly msWithin: number
  readonly msRaters: number
  readonly msResidual: number
  readonly forms: readonly Icc[]
}

/**
 * Intraclass correlations from a complete table of subjects (rows) by raters (columns), by analysis of variance. What does
 * not exist (no spread at all; an infinite F) is null.
 * Source: Shrout & Fleiss, Psychological Bulletin 86 (1979); intervals McGraw & Wong 1996; R psych `ICC` (whose default by
 * lmer agrees where no variance component is cut at 0).
 * @throws RangeError with fewer than two subjects or raters, or rows of unequal length
 */
export function intraclassCorrelations(rows: readonly (readonly number[])[], conf = 0.95): IntraclassCorrelations {
  const n = rows.length
  const k = rows[0]?.length ?? 0
  if (n < 2 || k < 2 || rows.some((row) => row.length !== k))
    throw new RangeError('intraclassCorrelations requires two subjects and two raters')
  const subject = rows.map((row) => sum(row) / k)
  const rater = Array.from({ length: k }, (_, j) => sum(rows.map((row) => row[j]!)) / n)
  const grand = sum(subject) / n
  const between = k * sum(subject.map((mean) => (mean - grand) ** 2))
  const raters = n * sum(rater.map((mean) => (mean - grand) ** 2))
  const residual = sum(rows.map((row, i) => sum(row.map((value, j) => (value - subject[i]! - rater[j]! + grand) ** 2))))
  const msB = between / (n - 1)
  const msJ = raters / (k - 1)
  const msE = residual / ((n - 1) * (k - 1))
  const msW = (raters + residual) / (n * (k - 1))
  const alpha = 1 - conf
  const q = (df1: number, df2: number) => fQuantile(1 - alpha / 2, df1, df2)

  const [one, two] = [
    { f: msB / msW, df1: n - 1, df2: n * (k - 1) },
    { f: msB / msE, df1: n - 1, df2: (n - 1) * (k - 1) },
  ]
  const single = ({ f, df1, df2 }: typeof one) => {
    const [low, high] = [f / q(df1, df2), f * q(df2, df1)]
    return { lo: (low - 1) / (low + k - 1), hi: (high - 1) / (high + k - 1) }
  }
  const averaged = ({ f, df1, df2 }: typeof one) => ({ lo: 1 - q(df1, df2) / f, hi: 1 - 1 / (f * q(df2, df1)) })

  const icc2 = (msB - msE) / (msB + (k - 1) * msE + (k * (msJ - msE)) / n)
  const limits2 = randomLimits()
  const stepUp = (r: number) => (k * r) / (1 + (k - 1) * r)
  const values: Readonly<Record<IccForm, { icc: number; lo: number; hi: number; test: typeof one }>> = {
    ICC1: { icc: (msB - msW) / (msB + (k - 1) * msW), ...single(one), test: one },
    ICC2: { icc: icc2, ...limits2, test: two },
    ICC3: { icc: (msB - msE) / (msB + (k - 1) * msE), ...single(two), test: two },
    ICC1k: { icc: (msB - msW) / msB, ...averaged(one), test: one },
    ICC2k: { icc: (msB - msE) / (msB + (msJ - msE) / n), lo: stepUp(limits2.lo), hi: stepUp(limits2.hi), test: two },
    ICC3k: { icc: (msB - msE) / msB, ...averaged(two), test: two },
  }
  const known = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    subjects: n,
    raters: k,
    msSubjects: msB,
    msWithin: msW,
    msRaters: msJ,
    msResidual: msE,
    forms: iccForms.map((form) => {
      const { icc, lo, hi, test } = values[form]
      const { f, df1, df2 } = test
      const p = Number.isNaN(f) ? null : f === Infinity ? 0 : fUpper(f, df1, df2)
      return { form, icc: known(icc), f: known(f), df1, df2, p, lo: known(lo), hi: known(hi) }
    }),
  }

  /** Satterthwaite's degrees of freedom for the sum of two mean squares. */
  function randomLimits(): { lo: number; hi: number } {
    const fj = msJ / msE
    const part = n * (1 + (k - 1) * icc2) - k * icc2
    const v = ((k - 1) * (n - 1) * (k * icc2 * fj + part) ** 2) / ((n - 1) * k ** 2 * icc2 ** 2 * fj ** 2 + part ** 2)
    if (!(v > 0) || v === Infinity) return { lo: NaN, hi: NaN }
    const [above, below] = [q(n - 1, v), q(v, n - 1)]
    const rest = k * msJ + (k * n - k - n) * msE
    return {
      lo: (n * (msB - above * msE)) / (above * rest + n * msB),
      hi: (n * (below * msB - msE)) / (rest + n * below * msB),
    }
  }
}
