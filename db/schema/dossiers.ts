import type { Generated } from 'kysely'

export type EventType = 'received' | 'supplement_requested' | 'refused' | 'returned' | 'withdrawn'
export type Applicant = 'citizen' | 'business' | 'organisation'
export type Channel = 'direct' | 'online' | 'post'
export type DossierStatus = 'processing' | 'supplement_requested' | 'returned' | 'refused' | 'withdrawn'
/** 0 unknown · 1 early · 2 on time · 3 late. */
export type Lateness = 0 | 1 | 2 | 3
export interface ProcedureTable {
  tenant_id: number
  id: Generated<number>
  code: string
  name: string
  field: Generated<string>
  level: string | null
  papi_group: '5.1' | '5.3' | '5.4' | 'none' | null
  due_days: number | null
  /** Created by an import that met an unknown code; a person has yet to complete it. */
  flagged: Generated<boolean>
  sample: Generated<boolean>
}
export interface DossierTable {
  tenant_id: number
  id: Generated<number>
  code: string
  procedure_id: number
  responsible_unit_id: number
  receiving_unit_id: number
  applicant: Applicant
  channel: Channel | null
  received_at: Date
  due_at: Date | null
  returned_at: Date | null
  supplement_at: Date | null
  refused_at: Date | null
  withdrawn_at: Date | null
  status: DossierStatus
  received_on: string
  outcome_on: string | null
  lateness: Generated<Lateness>
  source_updated_at: Date | null
  imported_at: Generated<Date>
}
export interface DossierEventTable {
  tenant_id: number
  dossier_id: number
  type: EventType
  n: number
  at: Date
}
export interface ImportRunTable {
  tenant_id: number
  id: Generated<number>
  at: Date
  actor: string
  rows: number
  created: number
  updated: number
  unchanged: number
  rejected: number
}
export interface DossierChangeTable {
  tenant_id: number
  id: Generated<number>
  at: Date
  actor: string
  dossier_id: number
  field: string
  old_value: string | null
  new_value: string | null
}
