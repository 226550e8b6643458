import type { Generated } from 'kysely'
import type { Suppression } from '../../api/core/stats/estimate.ts'

export type EditionState = 'draft' | 'published' | 'retired'
/** An index edition of the province's own; shipped ones are files of the product. */
export interface IndexEditionTable {
  tenant_id: number
  id: string
  edition: string
  state: EditionState
  /** Canonical text, whose SHA-256 stands beside it. */
  definition: string
  sha256: string
  copied_from: string | null
  changed_at: Date
  changed_by: string
  published_at: Date | null
  published_by: string | null
}
export interface IndexRunTable {
  tenant_id: number
  id: Generated<number>
  index_id: string
  edition: string
  definition: string
  definition_sha256: string
  from_month: string
  to_month: string
  made_at: Date
  made_by: string
  /** Made by the job, and replaced by its next run of the same edition and period. */
  nightly: Generated<boolean>
  code_version: string
  units_sha256: string
  inputs_sha256: string
  /** Canonical text of the goalposts that the run used, by indicator. */
  bounds: string
  /** Canonical text of where each indicator's values come from, in the order of the definition. */
  sources: Generated<string>
  /** Fields of procedures that means are kept apart by; the last holds the rest. */
  mix_groups: Generated<string[]>
  answers: number
}
/**
 * What a run knew of one unit: estimates by indicator in the order of the definition, with their covariance (upper triangle by
 * rows); answers by option, indicator after indicator; means by field of procedures, side by side.
 */
export interface IndexInputTable {
  tenant_id: number
  run_id: number
  unit_id: number
  name: string
  kind: string
  parent_id: number | null
  est: (number | null)[]
  n: number[]
  kish: number[]
  covariance: number[]
  clusters: number
  strata: number
  dossiers: number
  invited: number
  answered: number
  /** By indicator: why it must not be shown, a place in `GAPS`. */
  gap: number[]
  counts: number[]
  mix_indicator: number[]
  mix_group: number[]
  mix_weight: number[]
  mix_mean: number[]
}
/** Scores of one unit, one list for each part of an Estimate: nodes from the root down, then indicators. */
export interface IndexScoreTable {
  tenant_id: number
  run_id: number
  unit_id: number
  est: (number | null)[]
  se: (number | null)[]
  df: (number | null)[]
  lo: (number | null)[]
  hi: (number | null)[]
  n: (number | null)[]
  n_eff: (number | null)[]
  method: string[]
  suppressed: (Suppression | null)[]
  present: number[]
}
/** A figure of a unit that comes from no answers: a register's or a publication's. */
export interface IndexHardTable {
  tenant_id: number
  id: Generated<number>
  code: string
  unit_id: number
  from_month: string
  to_month: string
  value: number
  /** Cases that it counts, where that is known. */
  n: number | null
  source: string
  imported_at: Date
  imported_by: string
}
/** A published value of an official index. */
export interface OfficialResultTable {
  tenant_id: number
  id: Generated<number>
  index_id: string
  edition: string
  year: number
  /** The unit's name, as the reference has it; `unit_id` is the unit. */
  unit: string
  unit_id: number | null
  node: string
  value: number
  low: number | null
  high: number | null
  n: number | null
  source: string
  imported_at: Date
  imported_by: string
}
