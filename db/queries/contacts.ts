import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** The newest sealed contacts of each key, so many of each. @param campaignId of this campaign alone; null: of all */
export async function newestContacts(
  trx: Transaction<DB>,
  tenantId: number,
  { ofEach, campaignId }: { ofEach: number; campaignId: number | null },
) {
  const { rows } = await sql<{ campaign_id: number; frame_id: number; key_version: number; sealed: Uint8Array }>`
    select campaign_id, frame_id, key_version, sealed from (
      select *, row_number() over (partition by key_version order by campaign_id desc, frame_id desc) as n
      from campaign_contact where tenant_id = ${tenantId} and (${campaignId}::bigint is null or campaign_id = ${campaignId})) c
    where n <= ${ofEach}`.execute(trx)
  return rows
}
