import { sql, type Selectable, type Transaction } from 'kysely'
import type { SurveyDeviceTable, SurveyReceiptTable } from '../schema/campaigns.ts'
import type { DB } from '../schema/tables.ts'

/** An interviewer's device. */
export type DeviceRow = Selectable<SurveyDeviceTable>
/** What became of one numbered item of a device. */
export type ReceiptRow = Omit<Selectable<SurveyReceiptTable>, 'tenant_id'>

/** Registers a device. @returns whether it is new */
export async function insertDevice(
  trx: Transaction<DB>,
  device: Pick<DeviceRow, 'tenant_id' | 'id' | 'user_id' | 'label' | 'registered_at'>,
): Promise<boolean> {
  const made = await trx
    .insertInto('survey_device')
    .values(device)
    .onConflict((c) => c.columns(['tenant_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** A person's device; `lock` keeps others from using its numbers until the transaction ends. */
export function findDevice(
  trx: Transaction<DB>,
  key: { tenantId: number; id: string; userId: string },
  lock = false,
): Promise<DeviceRow | undefined> {
  return trx
    .selectFrom('survey_device')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('id', '=', key.id)
    .where('user_id', '=', key.userId)
    .$if(lock, (q) => q.forUpdate())
    .executeTakeFirst()
}

/** Notes a sync and how far the device's clock was behind. */
export async function noteSync(
  trx: Transaction<DB>,
  tenantId: number,
  id: string,
  sync: { at: Date; skewMs: number },
): Promise<void> {
  await trx
    .updateTable('survey_device')
    .set({ last_sync_at: sync.at, skew_ms: sync.skewMs })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Numbers that a device has used without their having arrived: the first ones up to a limit, and how many there are. */
export async function missingNumbers(trx: Transaction<DB>, tenantId: number, id: string, limit: number) {
  const { rows } = await sql<{ seq: number; of: number }>`
    select n.seq, (count(*) over ())::int as of
    from survey_device d cross join lateral generate_series(1, d.last_seq) as n (seq)
    where d.tenant_id = ${tenantId} and d.id = ${id} and not exists (
      select from survey_receipt r where r.tenant_id = d.tenant_id and r.device_id = d.id and r.seq = n.seq)
    order by n.seq limit ${limit}`.execute(trx)
  return { missing: rows.map(({ seq }) => seq), count: rows[0]?.of ?? 0 }
}

/** What became of a device's number; undefined when it has not arrived. */
export function findReceipt(
  trx: Transaction<DB>,
  key: { tenantId: number; deviceId: string; seq: number },
): Promise<ReceiptRow | undefined> {
  return trx
    .selectFrom('survey_receipt')
    .selectAll()
    .where('tenant_id', '=', key.tenantId)
    .where('device_id', '=', key.deviceId)
    .where('seq', '=', key.seq)
    .executeTakeFirst()
}

/** Keeps a receipt, and the highest number that its device has used. */
export async function insertReceipt(trx: Transaction<DB>, tenantId: number, receipt: ReceiptRow): Promise<void> {
  await trx
    .insertInto('survey_receipt')
    .values({ ...receipt, tenant_id: tenantId })
    .execute()
  await trx
    .updateTable('survey_device')
    .set({ last_seq: receipt.seq })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', receipt.device_id)
    .where('last_seq', '<', receipt.seq)
    .execute()
}

/** Whether a device noted something of a case under a higher number. */
export async function notedLater(
  trx: Transaction<DB>,
  key: { tenantId: number; deviceId: string; seq: number },
  caseId: number,
): Promise<boolean> {
  const row = await trx
    .selectFrom('survey_receipt')
    .select('seq')
    .where('tenant_id', '=', key.tenantId)
    .where('case_id', '=', caseId)
    .where('device_id', '=', key.deviceId)
    .where('seq', '>', key.seq)
    .where('disposition', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
