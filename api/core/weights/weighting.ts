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
  readonly code: 'unknown_attribute' | 'duplicate' | 'totals_disagree' | 'cap_without_margins'
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
