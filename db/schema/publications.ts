import type { ColumnType, Generated } from 'kysely'
import type { UnitKind } from './units.ts'

export type RunState = 'prepared' | 'published' | 'superseded' | 'withdrawn'
export type WithdrawReason = 'wrong_data' | 'wrong_method' | 'privacy' | 'other'
/** Months are first days, `to_month` inclusive. `inputs` is canonical JSON, `inputs_sha256` its SHA-256 in hexadecimal. */
export interface PublicationRunTable {
  tenant_id: number
  id: Generated<number>
  from_month: string
  to_month: string
  state: RunState
  prepared_at: Date
  prepared_by: string
  published_at: Date | null
  published_by: string | null
  withdrawn_at: Date | null
  withdrawn_by: string | null
  withdraw_reason: WithdrawReason | null
  instrument_code: string
  instrument_version: number
  definition_sha256: string
  figures_version: string
  units_sha256: string
  inputs: string
  inputs_sha256: string
}
/** The units of a run, named as they were when it was prepared. */
export interface PublicationUnitTable {
  tenant_id: number
  run_id: number
  unit_id: number
  name: string
  kind: UnitKind
  parent_id: number | null
}
type Json<T> = ColumnType<T, unknown, unknown>
export interface PublicationScoreTable {
  tenant_id: number
  run_id: number
  unit_id: number
  figure: string
  scale_min: number
  scale_max: number
  est: number | null
  se: number | null
  df: number | null
  lo: number | null
  hi: number | null
  n: number | null
  n_eff: number | null
  method: string
  suppressed: 'too_few' | 'complementary' | 'not_measured' | null
  needed: number | null
  grade: string | null
  notes: Json<string[]>
  steps: Json<{ code: string; values: Record<string, number | string | null> }[]>
  /** The run whose value this one carries on, because too few answers have arrived since. */
  source_run_id: number | null
}
