import type { Generated } from 'kysely'

/** Option counts c0…c8 by position, `na` for "không nhớ / không áp dụng". */
export interface TallyTable {
  tenant_id: number
  unit_id: number
  month: string
  procedure_id: number
  item: string
  main: boolean
  event: string
  lateness: number
  applicant: string
  stream: string
  counted: boolean
  c0: number
  c1: number
  c2: number
  c3: number
  c4: number
  c5: number
  c6: number
  c7: number
  c8: number
  na: number
}
/** Tallies of a unit's month without its procedures; see its migration. */
export interface TallySumTable {
  tenant_id: number
  unit_id: number
  month: string
  item: string
  main: boolean
  field: string
  papi_group: string
  lateness: number
  c0: number
  c1: number
  c2: number
  c3: number
  c4: number
  c5: number
  c6: number
  c7: number
  c8: number
  na: number
}
/** Single items of a unit's year at a procedure, by month in a text of their own; see its migration. */
export interface TallySpotYearTable {
  tenant_id: number
  unit_id: number
  year: number
  procedure_id: number
  months: Record<string, string>
}
/** Totals of a province over a month, quarter or year; see its migration. */
export interface TallyTotalSpanTable {
  tenant_id: number
  from_month: string
  to_month: string
  of_all: string
  of_units: string
}
/** Single items of all units at a procedure over a month, quarter or year; see its migration. */
export interface TallySpotTotalTable {
  tenant_id: number
  from_month: string
  to_month: string
  procedure_id: number
  state: string
  basis: string
  spots: string
}
/** Valid answers of the overall item. */
export interface TallyOverallTable {
  tenant_id: number
  month: string
  unit_id: number
  procedure_id: number
  main: boolean
  n: number
}
/** How often tallies of a year were rebuilt, under a name that changes when the count begins anew. */
export interface TallyVersionTable {
  tenant_id: number
  year: number
  version: string
  number: Generated<number>
}
/** The count at which the cells of a procedure's month were rebuilt last. */
export interface TallyStateTable {
  tenant_id: number
  month: string
  procedure_id: number
  number: number
}
/** What may be shown of a year's tallies. */
export interface TallyDecisionTable {
  tenant_id: number
  year: number
  version: string
  number: number
  basis: string
  hidden: string
}
export interface TallyChangeTable {
  tenant_id: number
  id: Generated<number>
  unit_id: number
  month: string
  procedure_id: number
  at: Generated<Date>
}
export interface JobTable {
  name: string
  last_started_at: Date | null
  last_finished_at: Date | null
}
/** The view of everything that is counted; see its migration. */
export interface MarkView {
  tenant_id: number
  unit_id: number
  day: string
  procedure_id: number
  item: string
  main: boolean
  event: string
  lateness: number
  applicant: string
  stream: string
  counted: boolean
  value: number | null
}
/** Points of a criterion of TT 01/2018 that a person entered for a unit and period. */
export interface EnteredCriterionTable {
  tenant_id: number
  unit_id: number
  from_month: string
  to_month: string
  criterion: string
  points: number
  actor: string
  at: Date
}
