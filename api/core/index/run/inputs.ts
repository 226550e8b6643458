import type { Gap } from '../../disclosure/index-scores.ts'
import type { UnitEstimates } from '../estimate/indicator-estimate.ts'
import type { RunSource } from './sources.ts'

/**
 * Names the code that turns a run's inputs into scores. Raise it whenever the same inputs would give other digits; a rerun says
 * which one made the stored ones.
 */
export const SCORES_VERSION = 'index-scores/3'

/** Reasons for which an indicator of a unit is not shown, as a run keeps them. */
export const GAPS: readonly Gap[] = [null, 'too_few', 'complementary', 'elsewhere']

/** What a run knows of one unit: sufficient statistics, never people's rows. */
export interface UnitInput extends UnitEstimates {
  readonly unit: number
  readonly name: string
  readonly kind: string
  readonly parentId: number | null
  /** Finished dossiers, people asked about them, and those who answered. */
  readonly dossiers: number
  readonly invited: number
  readonly answered: number
  /** By indicator: why it must not be shown, a place in `GAPS`. */
  readonly gap: ArrayLike<number>
  /** Answers by option and then "không nhớ", indicator after indicator, as the sources tell; nothing for others. */
  readonly counts: ArrayLike<number>
  readonly mix: Mix
}

/** Means by field of procedures: cells of at least ten answers, the rest of an indicator together in the last group. */
export interface Mix {
  readonly indicator: ArrayLike<number>
  readonly group: ArrayLike<number>
  /** Dossiers that the cell's answers stand for. */
  readonly weight: ArrayLike<number>
  readonly mean: ArrayLike<number>
}

/** Everything that scores are made of, beside the definition and the goalposts. */
export interface RunInputs {
  readonly definition: { readonly id: string; readonly edition: string; readonly sha256: string }
  readonly period: { readonly from: string; readonly to: string }
  readonly sources: readonly RunSource[]
  readonly mixGroups: readonly string[]
  readonly units: readonly UnitInput[]
}
