import type { Generated } from 'kysely'

export type UnitKind = 'province' | 'department' | 'commune' | 'one_stop' | 'centre' | 'district'
/** A row whose tenant_id is null is national reference data. `valid_to` is the first day on which it no longer holds. */
export interface UnitTable {
  id: Generated<number>
  tenant_id: number | null
  kind: UnitKind
  parent_id: number | null
  valid_from: string | null
  valid_to: string | null
}
export interface UnitNameTable {
  unit_id: number
  tenant_id: number | null
  name: string
  valid_from: string | null
  valid_to: string | null
}
export interface UnitCodeTable {
  tenant_id: number | null
  system: 'own' | 'h' | 'gso_province' | 'gso_commune'
  code: string
  unit_id: number
  valid_from: string | null
  valid_to: string | null
}
/** `share` is the part of the old unit that went to the new one, null when no source gives it. */
export interface UnitLineageTable {
  old_unit_id: number
  new_unit_id: number
  share: string | null
  basis: string
}
