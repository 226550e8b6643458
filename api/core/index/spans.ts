import { type IndexDefinition, rawRange } from './definition.ts'

/** The least and the most a published value can be. */
export type Span = readonly [least: number, most: number]

/** Values are published with a few decimals, and sums of rounded ends go beyond the end of the sum. */
const ROUNDING = 0.01

/**
 * What a published value of an element can be: a total lies on the edition's scale, an indicator within its range, a node
 * within what its children can add up to (`sum`) or between the least and the most of them (any mean).
 * @param code an element that is published as it is: an indicator that is normalised first has another scale
 * @returns null where the definition does not tell
 */
export function publishedSpan(definition: IndexDefinition, code: string): Span | null {
  const indicator = definition.indicators.find((one) => one.code === code)
  if (indicator !== undefined) return indicator.normalise.method === 'none' ? rawRange(indicator) : null
  const node = definition.nodes.find((one) => one.code === code)
  if (node === undefined) return null
  if (node.parent === null) return [definition.scale.min, definition.scale.max]
  const children = [...definition.nodes, ...definition.indicators].filter(({ parent }) => parent === code)
  const spans = children.map((child) => publishedSpan(definition, child.code))
  if (spans.length === 0 || spans.includes(null)) return null
  const [least, most] = [0, 1].map((end) => spans.map((span) => span![end as 0 | 1]))
  const together = (ends: number[], mean: (...ends: number[]) => number) =>
    (node.aggregate === 'sum' ? ends.reduce((sum, one) => sum + one, 0) : mean(...ends)) * (node.multiply ?? 1)
  return [together(least!, Math.min), together(most!, Math.max)]
}

/** Whether a published value can be, rounding aside. */
export function isWithin(span: Span | null, value: number): boolean {
  return span === null || (value >= span[0] - ROUNDING && value <= span[1] + ROUNDING)
}

/** What each hard figure can be, by its code: within the range of every indicator that takes it. */
export function hardRanges(definitions: Iterable<Pick<IndexDefinition, 'indicators'>>): Map<string, Span> {
  const ranges = new Map<string, Span>()
  for (const { indicators } of definitions)
    for (const indicator of indicators) {
      const range = rawRange(indicator)
      if (range === null || indicator.from === undefined || !('hard' in indicator.from)) continue
      const [least, most] = ranges.get(indicator.from.hard) ?? [-Infinity, Infinity]
      ranges.set(indicator.from.hard, [Math.max(least, range[0]), Math.min(most, range[1])])
    }
  return ranges
}
