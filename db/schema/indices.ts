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
  code_version: string
  units_sha256: string
  inputs_sha256: string
  /** Canonical text of the goalposts that the run used, by indicator. */
  bounds: string
  answers: number
}
/** What a run knew of one unit: estimates by indicator in the order of the definition, with their covariance (upper triangle by rows). */
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
  invited: number
  answered: number
  /** By indicator: the unit tree needs it hidden. */
  hidden: boolean[]
}
export interface IndexScoreTable {
  tenant_id: number
  run_id: number
  unit_id: number
  node: string
  est: number | null
  se: number | null
  df: number | null
  lo: number | null
  hi: number | null
  n: number | null
  n_eff: number | null
  method: string
  suppressed: Suppression | null
  present: number
  of: number
}
/** A published value of an official index. */
export interface OfficialResultTable {
  tenant_id: number
  index_id: string
  edition: string
  year: number
  unit: string
  node: string
  value: number
  low: number | null
  high: number | null
  n: number | null
  source: string
  imported_at: Date
  imported_by: string
}
