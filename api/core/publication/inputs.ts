import type { FamilyCode } from './family.ts'

/**
 * Names the code that turns inputs into figures. Raise it whenever the same inputs would give other digits; a rerun says
 * which one made the stored ones.
 */
export const FIGURES_VERSION = 'unit-figures/2'

/** Everything a run's figures are made of: counts, never people's rows. Its canonical text is stored and hashed. */
export interface RunInputs {
  readonly format: 1
  readonly figures: string
  readonly instrument: { readonly code: string; readonly version: number; readonly sha256: string }
  readonly period: { readonly from: string; readonly to: string }
  readonly mergerBreak: boolean
  /** The tree over which suppression is decided, by id; only listed units are published. */
  readonly units: readonly InputUnit[]
  readonly provinceId: number | null
  readonly cells: readonly InputCell[]
  readonly register: readonly RegisterCounts[]
  /** Valid answers by item of the whole calendar year: [unit, month `YYYY-MM-01`, n] or, for OVERALL, with the field. */
  readonly months: Readonly<Record<string, readonly MonthRow[]>>
  /** Every run of the calendar year that the public has seen, with its state then: publishing asks that nothing has changed. */
  readonly seen: readonly { readonly run: number; readonly state: string }[]
}
export type MonthRow = readonly [unit: number, month: string, n: number] | readonly [number, string, number, string]
export interface InputUnit {
  readonly id: number
  readonly kind: string
  readonly parentId: number | null
  readonly name: string
  readonly listed: boolean
}
/** Stages of asking of a unit's finished dossiers. */
export interface RegisterCounts {
  readonly unit: number
  readonly dossiers: number
  readonly invited: number
  /** Read by no figure; stays, because stored runs are hashed with it. */
  readonly opened: number
  readonly answered: number
}
/** The counts of one unit and family of figures as they are published. */
export interface InputCell {
  readonly unit: number
  readonly family: FamilyCode
  /** The run from which these counts are carried on; null: counted for this run. */
  readonly source: number | null
  /** Not to be shown at all: neither today's counts, which would give a few answers away, nor older ones that were withdrawn. */
  readonly withheld: boolean
  /** Withheld because a run that was withdrawn for privacy showed these counts. */
  readonly privacy?: boolean
  /** Ten counts by item: option places 0…8, and "không nhớ / không áp dụng". */
  readonly items: Readonly<Record<string, readonly number[]>>
  /** Finished dossiers by lateness class 0…3. */
  readonly finished: readonly number[]
  readonly pendingLate: number
  /** Overall answers among dossiers that were not late; empty outside the family `overall`. */
  readonly overallNotLate: readonly number[]
  readonly entered: Readonly<Record<string, number>> | null
  /** Whether the unit handles the family's procedures at all. */
  readonly handled: boolean
}
