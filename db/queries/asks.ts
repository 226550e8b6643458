import { sql, type Transaction } from 'kysely'
import type { AskTable } from '../schema/answers.ts'
import type { Applicant, Channel, EventType, Lateness } from '../schema/dossiers.ts'
import type { DB } from '../schema/tables.ts'
import { columnsOf } from './columns.ts'
import { nextIds } from './ids.ts'

/** The ask behind a secret, with what the rating page shows of it. */
export function findAskByToken(trx: Transaction<DB>, tenantId: number, tokenHash: Uint8Array) {
  return trx
    .selectFrom('ask')
    .innerJoin('procedure', (join) =>
      join.onRef('procedure.tenant_id', '=', 'ask.tenant_id').onRef('procedure.id', '=', 'ask.procedure_id'),
    )
    .innerJoin('instrument', 'instrument.id', 'ask.instrument_id')
    .selectAll('ask')
    .select(['procedure.code as procedure_code', 'procedure.name as procedure_name'])
    .select(['instrument.code as instrument_code', 'instrument.version as instrument_version', 'instrument.definition'])
    .where('ask.tenant_id', '=', tenantId)
    .where('ask.token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** Records how far an ask has come. */
export async function setAskState(
  trx: Transaction<DB>,
  tenantId: number,
  askId: number,
  change: Partial<Pick<AskTable, 'answered_on' | 'opened_at' | 'withdraw_hash'>> & {
    state?: 'partial' | 'complete' | 'withdrawn'
  },
): Promise<void> {
  await trx.updateTable('ask').set(change).where('tenant_id', '=', tenantId).where('id', '=', askId).execute()
}

/** Notes the first opening. @returns where the ask is counted now, when this was the first; else nothing */
export function markOpened(trx: Transaction<DB>, tenantId: number, askId: number, at: Date) {
  return trx
    .updateTable('ask')
    .set({ opened_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', askId)
    .where('opened_at', 'is', null)
    .returning(['responsible_unit_id', 'receiving_unit_id', 'procedure_id', 'asked_on'])
    .executeTakeFirst()
}

/** The ask that a response answers, locked. */
export function findAskByResponse(trx: Transaction<DB>, tenantId: number, responseId: string) {
  return trx
    .selectFrom('ask')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('response_id', '=', responseId)
    .forUpdate()
    .executeTakeFirst()
}

/** Ids for new asks, taken first because a token is made from its ask's id. */
export function nextAskIds(trx: Transaction<DB>, count: number): Promise<number[]> {
  return nextIds(trx, 'ask', count)
}

/** An ask as an import makes it. */
export interface AskWrite {
  id: number
  dossier_id: number
  event: EventType
  n: number
  responsible_unit_id: number
  receiving_unit_id: number
  procedure_id: number
  applicant: Applicant
  lateness: Lateness
  channel: Channel | null
  /** As `\x` and hexadecimal digits. */
  token_hash: string
  asked_on: string
}
const ASK = columnsOf({
  id: 'bigint',
  dossier_id: 'bigint',
  event: 'text',
  n: 'smallint',
  responsible_unit_id: 'int',
  receiving_unit_id: 'int',
  procedure_id: 'int',
  applicant: 'text',
  lateness: 'smallint',
  channel: 'text',
  token_hash: 'bytea',
  asked_on: 'date',
})

/** Adds asks about dossiers, made together; an event that was already asked stays as it is. */
export async function insertAsks(
  trx: Transaction<DB>,
  made: { tenantId: number; instrumentId: number; keyVersion: number; at: Date; expiresAt: Date },
  asks: readonly AskWrite[],
): Promise<void> {
  if (asks.length === 0) return
  await sql`
    insert into ask (tenant_id, instrument_id, key_version, created_at, expires_at, ${ASK.names})
    select ${made.tenantId}, ${made.instrumentId}, ${made.keyVersion}, ${made.at}, ${made.expiresAt}, ${ASK.values}
    from ${ASK.from(asks)}
    on conflict (tenant_id, dossier_id, event, n) do nothing`.execute(trx)
}

/** Links to print or send, oldest first, from a moment on and after a cursor. Sample rows without a secret are left out. */
export function listAsks(
  trx: Transaction<DB>,
  tenantId: number,
  page: { since: Date | null; after: { at: Date; id: number } | null; limit: number; now: Date },
) {
  return trx
    .selectFrom('ask')
    .innerJoin('dossier', (join) =>
      join.onRef('dossier.tenant_id', '=', 'ask.tenant_id').onRef('dossier.id', '=', 'ask.dossier_id'),
    )
    .innerJoin('procedure', (join) =>
      join.onRef('procedure.tenant_id', '=', 'ask.tenant_id').onRef('procedure.id', '=', 'ask.procedure_id'),
    )
    .select([
      'ask.id',
      'ask.key_version',
      'ask.event',
      'ask.n',
      'ask.created_at',
      'ask.expires_at',
      'ask.state',
      'ask.asked_on',
    ])
    .select(['ask.responsible_unit_id', 'ask.receiving_unit_id', 'dossier.code as dossier_code'])
    .select(['procedure.code as procedure_code', 'procedure.name as procedure_name'])
    .where('ask.tenant_id', '=', tenantId)
    .where('ask.token_hash', 'is not', null)
    .where('ask.state', '=', 'open')
    .where('ask.expires_at', '>', page.now)
    .$if(page.since !== null, (q) => q.where('ask.created_at', '>=', page.since as Date))
    .$if(page.after !== null, (q) =>
      q.where(
        sql<boolean>`(ask.created_at, ask.id) > (${page.after?.at ?? null}::timestamptz, ${page.after?.id ?? null}::bigint)`,
      ),
    )
    .orderBy('ask.created_at')
    .orderBy('ask.id')
    .limit(page.limit)
    .execute()
}

/** Cuts the links from asks to answers given before a day. Returns how many. */
export async function cutLinks(trx: Transaction<DB>, tenantId: number, answeredBefore: string): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('ask')
    .set({ response_id: null })
    .where('tenant_id', '=', tenantId)
    .where('response_id', 'is not', null)
    .where('answered_on', '<', answeredBefore)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
