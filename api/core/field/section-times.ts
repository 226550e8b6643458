import { codeOf } from '../questionnaire/parts.ts'

/**
 * Milliseconds that each answer spent in each section, ascending. A section in which an answer has no question is not counted for it.
 * @param itemMs milliseconds of each answer by question, `ITEM` or `ITEM@unit`
 * @param sectionOf section of each question, by its code
 */
export function sectionTimes(
  itemMs: readonly Readonly<Record<string, number>>[],
  sectionOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, number[]> {
  const times = new Map<string, number[]>()
  for (const answer of itemMs) {
    const spent = new Map<string, number>()
    for (const [key, ms] of Object.entries(answer)) {
      const section = sectionOf.get(codeOf(key))
      if (section !== undefined) spent.set(section, (spent.get(section) ?? 0) + ms)
    }
    for (const [section, ms] of spent) {
      const list = times.get(section)
      if (list) list.push(ms)
      else times.set(section, [ms])
    }
  }
  for (const list of times.values()) list.sort((a, b) => a - b)
  return times
}
