import { publish, type Published } from '../disclosure/publish.ts'
import { notMeasured, suppress, type Estimate } from '../stats/estimate.ts'

export type FigureCode =
  | 'satisfaction'
  | 'qd766_5_4_union'
  | 'qd766_5_4_sum'
  | 'tt01_subtotal'
  | 'tt01_grade'
  | 'papi_like_5_1'
  | 'papi_like_5_3'
  | 'papi_like_5_4'
  | 'papi_like_5'
  | 'pci_like'

export type FigureNote =
  | 'internal_estimate'
  | 'pakn_missing'
  | 'not_measured'
  | 'too_few'
  | 'interval_only'
  | 'complementary'
  | 'parts_missing'
  | 'grade_needs_all_nine'
  | 'merger_break'

/** One step of "cách tính": what was done, with its numbers. */
export interface Step {
  code: string
  values: Record<string, number | string | null>
  estimate?: Estimate
}
/** A headline number with everything a reader needs to judge it. */
export interface Figure {
  code: FigureCode
  scale: { min: number; max: number }
  estimate: Estimate
  notes: FigureNote[]
  needed: number | null
  grade: string | null
  steps: Step[]
}

/**
 * A figure under the display rule. Steps hold counts, so they stand only beside a fully shown number: from an interval's
 * counts, or a hidden number's, the number itself could be read.
 * @param estimate before the rule
 * @param complementary true when the tree needs this figure hidden
 */
export function figure(
  code: FigureCode,
  scale: Figure['scale'],
  estimate: Estimate,
  steps: Step[],
  options: { complementary?: boolean; notes?: FigureNote[]; minimum?: number } = {},
): Figure {
  const { estimate: shown, stage, needed } = rule(estimate, options)
  const reason: FigureNote[] =
    shown.suppressed !== null ? [shown.suppressed] : stage === 'interval_only' ? ['interval_only'] : []
  return {
    code,
    scale,
    estimate: shown,
    notes: ['internal_estimate', ...(options.notes ?? []), ...reason],
    needed,
    grade: null,
    steps: stage === 'full' ? steps : [],
  }
}

/** A figure that this unit's procedures, or today's inputs, do not give. */
export function unmeasured(code: FigureCode, scale: Figure['scale'], notes: FigureNote[] = []): Figure {
  return figure(code, scale, notMeasured(), [], { notes })
}

function rule(estimate: Estimate, options: { complementary?: boolean; minimum?: number }): Published {
  const published = publish(estimate, options.minimum === undefined ? {} : { minimum: options.minimum })
  if (!options.complementary || published.stage === 'hidden') return published
  return { estimate: suppress(estimate, 'complementary'), stage: 'hidden', needed: null }
}
