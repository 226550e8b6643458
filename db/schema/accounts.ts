import type { ColumnType, Generated } from 'kysely'
import type { EventType } from './dossiers.ts'

export type Role = 'administrator' | 'importer' | 'interviewer'
/** What one tenant can set for itself. */
export interface TenantSettings {
  inviteEvents: EventType[]
}
export interface TenantTable {
  id: Generated<number>
  prefix: string
  name: string
  sample: Generated<boolean>
  settings: ColumnType<TenantSettings, TenantSettings | undefined, TenantSettings>
  created_at: Generated<Date>
}
export interface MembershipTable {
  user_id: string
  tenant_id: number
  role: Role
}
export interface ApiKeyTable {
  key_hash: Uint8Array
  tenant_id: number
  role: 'importer'
  created_at: Generated<Date>
  revoked_at: Date | null
}
/** better-auth's user; its other tables are read and written only by that library. */
export interface UserTable {
  id: string
  name: string
  email: string
  emailVerified: boolean
}
