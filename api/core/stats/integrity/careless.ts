import { Matrix, solve } from 'ml-matrix'
import { moments } from '../moments.ts'
import { correlationOf, pairMoments } from '../agreement/pairs.ts'

/** Answers of one person in the order of the questionnaire; null: not answered. */
export type Answers = readonly (number | null)[]

/** Lengths of the runs of equal answers that follow each other; a missing answer ends a run and is none. */
export function answerRuns(answers: Answers): { longest: number; average: number } | null {
  const runs: number[] = []
  answers.forEach((answer, i) => {
    if (answer === null) return
    if (i > 0 && answers[i - 1] === answer) runs[runs.length - 1]! += 1
    else runs.push(1)
  })
  if (runs.length === 0) return null
  return { longest: Math.max(...runs), average: runs.reduce((a, b) => a + b, 0) / runs.length }
}

/** Standard deviation of a person's answers (intra-individual response variability); null for fewer than two. */
export function responseVariability(answers: Answers): number | null {
  const given = answers.filter((answer) => answer !== null)
  const variance = given.length < 2 ? null : moments(given).variance
  return variance === null ? null : Math.sqrt(variance)
}

/**
 * Even–odd inconsistency: within a person, the correlation over scales of the mean of the even items with that of the odd
 * ones, stepped up by Spearman–Brown, at least −1, with its sign turned so that more is more careless (R careless ≥ 1.2).
 * Null where it cannot be told.
 * @param scales lengths of the scales, whose items follow each other
 */
export function evenOdd(answers: Answers, scales: readonly number[]): number | null {
  let from = 0
  const halves = scales.flatMap((length) => {
    const items = answers.slice(from, from + length)
    from += length
    const mean = (rest: number) => {
      const given = items.filter((answer, i): answer is number => answer !== null && i % 2 === rest)
      return given.length === 0 ? null : given.reduce((a, b) => a + b, 0) / given.length
    }
    const [odd, even] = [mean(0), mean(1)]
    return odd === null || even === null ? [] : [[even, odd] as const]
  })
  const r = within(halves)
  if (r === null || r === -1) return r === null ? null : 1
  return -Math.max(-1, (2 * r) / (1 + r))
}

/** Pairs of items that go together (or against each other) in all answers. */
export type ItemPair = readonly [number, number]

/** Items whose correlation is above `least` (synonyms), or below −`least` (antonyms). */
export function relatedItems(people: readonly Answers[], least: number, kind: 'synonyms' | 'antonyms'): ItemPair[] {
  const items = people[0]?.length ?? 0
  const pairs: ItemPair[] = []
  for (let second = 0; second < items; second += 1)
    for (let first = second + 1; first < items; first += 1) {
      const r = within(complete(people.map((answers) => [answers[first]!, answers[second]!] as const)))
      if (r !== null && (kind === 'synonyms' ? r > least : r < -least)) pairs.push([first, second])
    }
  return pairs
}

/** Correlation, within a person, of the answers to related items; null for fewer than three pairs or without variation. */
export function pairAgreement(answers: Answers, pairs: readonly ItemPair[]): { r: number | null; pairs: number } {
  const given = complete(pairs.map(([first, second]) => [answers[first]!, answers[second]!] as const))
  return { r: given.length > 2 ? within(given) : null, pairs: given.length }
}

/**
 * Squared Mahalanobis distance of each person's answers from the mean, with pairwise covariances; a missing answer counts as
 * the item's mean (R psych `outlier`). Null for all when the items determine each other or too few answered.
 */
export function mahalanobis(people: readonly Answers[]): (number | null)[] {
  const items = people[0]?.length ?? 0
  const means = Array.from({ length: items }, (_, j) => meanOf(people.map((answers) => answers[j]!)))
  const covariance = means.map((_, a) => means.map((__, b) => pairCovariance(people, a, b)))
  if (covariance.flat().includes(null)) return people.map(() => null)
  const matrix = new Matrix(covariance as number[][])
  const scale = matrix.diagonal().map((variance) => 1 / Math.sqrt(variance))
  if (!scale.every(Number.isFinite)) return people.map(() => null)
  const correlation = new Matrix(scale.map((a, i) => scale.map((b, j) => a * b * matrix.get(i, j))))
  let inverse: Matrix
  try {
    inverse = solve(correlation, Matrix.eye(items))
  } catch {
    return people.map(() => null)
  }
  if (!(Math.max(...inverse.to1DArray().map(Math.abs)) < 1e10)) return people.map(() => null)
  return people.map((answers) => {
    if (answers.every((answer) => answer === null)) return null
    const z = answers.map((answer, j) => (answer === null ? 0 : (answer - means[j]!) * scale[j]!))
    return z.reduce((total, a, i) => total + z.reduce((sum, b, j) => sum + a * b * inverse.get(i, j), 0), 0)
  })
}

const complete = (pairs: readonly (readonly [number | null, number | null])[]) =>
  pairs.filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null)

function within(pairs: readonly (readonly [number, number])[]): number | null {
  // Means of the same answers may differ in their last digit; that is no variation.
  const flat = (side: 0 | 1) => pairs.every((pair) => Math.abs(pair[side] - pairs[0]![side]) < 1e-12)
  if (pairs.length < 2 || flat(0) || flat(1)) return null
  return correlationOf(
    pairMoments(
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b),
    ),
  )
}

function meanOf(values: readonly (number | null)[]): number {
  const given = values.filter((value) => value !== null)
  return given.length === 0 ? 0 : given.reduce((a, b) => a + b, 0) / given.length
}

function pairCovariance(people: readonly Answers[], a: number, b: number): number | null {
  const given = complete(people.map((answers) => [answers[a]!, answers[b]!] as const))
  if (given.length < 2) return null
  const [ma, mb] = [meanOf(given.map(([x]) => x)), meanOf(given.map(([, y]) => y))]
  return given.reduce((total, [x, y]) => total + (x - ma) * (y - mb), 0) / (given.length - 1)
}
