import { z } from 'zod'
import { CLASSES_MAX } from '../sampling/campaign-design.ts'
import type { Weighting } from './case-weights.ts'

const attribute = z.string().max(200)
const margin = z.strictObject({
  /** `''` is the stratum. */
  attribute,
  totals: z
    .array(z.strictObject({ value: z.string().max(1300), total: z.number().positive().max(1e9) }))
    .min(1)
    .max(CLASSES_MAX),
})

/** How a campaign's answers are weighed, as a person sets it. */
export const weightingSchema = z.strictObject({
  classes: z.array(attribute.min(1)).max(6),
  margins: z.array(margin).max(6),
  cap: z.number().gt(1).max(100).nullable(),
}) satisfies z.ZodType<Weighting>

/** The design with classes of non-response by stratum, and nothing else. */
export const PLAIN_WEIGHTING: Weighting = { classes: [], margins: [], cap: null }

/** One fault of a weighting by itself, before any answer. */
export interface WeightingFault {
  readonly path: string
  readonly code: 'unknown_attribute' | 'duplicate' | 'totals_disagree' | 'cap_without_margins' | 'far_from_frame'
}

/** What the schema cannot see. @param attributes kept of the frame, without the stratum */
export function weightingFaults({ classes, margins, cap }: Weighting, attributes: readonly string[]): WeightingFault[] {
  const known = new Set(attributes)
  const wholes = margins.map(({ totals }) => totals.reduce((sum, { total }) => sum + total, 0))
  const twice = (list: readonly string[]) => new Set(list).size < list.length
  const faults: WeightingFault[] = classes.flatMap((one, i) =>
    known.has(one) ? [] : [{ path: `classes.${i}`, code: 'unknown_attribute' as const }],
  )
  if (twice(classes)) faults.push({ path: 'classes', code: 'duplicate' })
  if (twice(margins.map((one) => one.attribute))) faults.push({ path: 'margins', code: 'duplicate' })
  for (const [i, { attribute: of, totals }] of margins.entries()) {
    if (of !== '' && !known.has(of)) faults.push({ path: `margins.${i}.attribute`, code: 'unknown_attribute' })
    if (twice(totals.map(({ value }) => value))) faults.push({ path: `margins.${i}.totals`, code: 'duplicate' })
    if (Math.abs(wholes[i]! / wholes[0]! - 1) > 1e-3)
      faults.push({ path: `margins.${i}.totals`, code: 'totals_disagree' })
  }
  if (cap !== null && margins.length === 0) faults.push({ path: 'cap', code: 'cap_without_margins' })
  return faults
}

/**
 * How far a margin may be from the frame, as a factor between a category's share of the margin and of the frame. Registers from which
 * frames are made are a year or two old and miss new and closed firms: a sector may be off by two, hardly by five. Five is also where
 * weights are usually cut. What is further off is another population, or an attempt to make a figure of one answer.
 */
export const FRAME_FACTOR_MAX = 5

/** Totals of margins that are no population like the frame's. @param frame members of the frame by attribute and value */
export function frameFaults(
  { margins }: Pick<Weighting, 'margins'>,
  frame: ReadonlyMap<string, ReadonlyMap<string, number>>,
): WeightingFault[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((whole, one) => whole + one, 0)
  return margins.flatMap(({ attribute: of, totals }, i) => {
    const members = frame.get(of) ?? new Map<string, number>()
    const [whole, all] = [sum(totals.map(({ total }) => total)), sum([...members.values()])]
    return totals.flatMap(({ value, total }, j): WeightingFault[] => {
      const ratio = total / whole / ((members.get(value) ?? 0) / all)
      const isNear = ratio <= FRAME_FACTOR_MAX && ratio >= 1 / FRAME_FACTOR_MAX
      return isNear ? [] : [{ path: `margins.${i}.totals.${j}`, code: 'far_from_frame' }]
    })
  })
}
