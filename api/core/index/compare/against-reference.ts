import type { Answers } from '../estimate/answers.ts'
import { isMedian } from '../estimate/means.ts'

/**
 * Mean of each column in each group over all answers: what such cases get everywhere. Null where a group has no answers, and
 * for medians and counts.
 */
export function referenceMeans(answers: Answers, groupOf: Int32Array, groups: number): (number | null)[][] {
  const { columns, starts, entryColumn, entryValue, entryOver, weight } = answers
  const above = columns.map(() => new Float64Array(groups))
  const below = columns.map(() => new Float64Array(groups))
  for (let row = 0; row < answers.count; row += 1) {
    const group = groupOf[row]!
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry += 1) {
      const column = entryColumn[entry]!
      above[column]![group]! += weight[row]! * entryValue[entry]!
      below[column]![group]! += weight[row]! * (entryOver?.[entry] ?? 1)
    }
  }
  return columns.map(({ statistic }, column) =>
    Array.from(below[column]!, (whole, group) =>
      hasNoMean(statistic) || !(whole > 0) ? null : above[column]![group]! / whole,
    ),
  )
}

/**
 * Answers whose statistics are indirectly standardised ratios: what a unit got over what it would have got if each of its
 * cases had gone as such cases go everywhere, Σwy / Σw·ȳ_g. It stays usable where a unit has groups of two or three
 * answers, at the price that two units' ratios are each against the reference, not against one another. Medians and counts
 * keep their entries out.
 * @param reference mean of each column in each group (`referenceMeans`); without one an answer is left out
 * @returns answers for `linearise`, whose standard errors are those of a ratio
 */
export function againstReference(
  answers: Answers,
  groupOf: Int32Array,
  reference: readonly (readonly (number | null)[])[],
): Answers {
  const kept: { column: number; value: number; over: number }[] = []
  const starts = new Int32Array(answers.count + 1)
  for (let row = 0; row < answers.count; row += 1) {
    for (let entry = answers.starts[row]!; entry < answers.starts[row + 1]!; entry += 1) {
      const column = answers.entryColumn[entry]!
      const { statistic } = answers.columns[column]!
      const expected = reference[column]?.[groupOf[row]!] ?? null
      if (expected === null || hasNoMean(statistic)) continue
      const over = expected * (answers.entryOver?.[entry] ?? 1)
      kept.push({ column, value: answers.entryValue[entry]!, over })
    }
    starts[row + 1] = kept.length
  }
  return {
    ...answers,
    columns: answers.columns.map((column) => ({ ...column, statistic: 'ratio' })),
    starts,
    entryColumn: Uint16Array.from(kept, ({ column }) => column),
    entryValue: Float64Array.from(kept, ({ value }) => value),
    entryOver: Float64Array.from(kept, ({ over }) => over),
  }
}

function hasNoMean(statistic: Answers['columns'][number]['statistic']): boolean {
  return statistic === 'count' || isMedian(statistic)
}
