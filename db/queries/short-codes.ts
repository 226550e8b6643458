import { sql, type Kysely, type Transaction } from 'kysely'
import type { DB } from '../schema/tables.ts'

/** The ask behind a short code, by the code's possible hashes. */
export function findAskByShortCode(trx: Transaction<DB>, tenantId: number, hashes: Uint8Array[]) {
  return trx
    .selectFrom('ask')
    .select(['id', 'key_version', 'token_hash'])
    .where('tenant_id', '=', tenantId)
    .where('short_hash', 'in', hashes)
    .where('token_hash', 'is not', null)
    .executeTakeFirst()
}

/** Where short codes are kept: asks about dossiers, and cases of surveys. */
const TABLE = { ask: 'ask', case: 'survey_case' } as const

/** Which of these hashes asks or cases have already. */
export async function shortHashesInUse(
  trx: Transaction<DB>,
  tenantId: number,
  hashes: Uint8Array[],
): Promise<Uint8Array[]> {
  if (hashes.length === 0) return []
  const used = (table: (typeof TABLE)[keyof typeof TABLE]) =>
    trx
      .selectFrom(table)
      .select('short_hash')
      .where('tenant_id', '=', tenantId)
      .where('short_hash', 'in', hashes)
      .execute()
  const rows = [...(await used('ask')), ...(await used('survey_case'))]
  return rows.flatMap((row) => row.short_hash ?? [])
}

/** Gives asks or cases their short codes; one that has got one meanwhile keeps it. In id order, so that two printers never wait in a circle. */
export async function giveShortCodes(
  trx: Transaction<DB>,
  tenantId: number,
  asked: keyof typeof TABLE,
  codes: readonly { id: number; n: number; hash: Uint8Array }[],
): Promise<void> {
  if (codes.length === 0) return
  const values = sql.join(codes.map(({ id, n, hash }) => sql`(${id}::bigint, ${n}::smallint, ${hash}::bytea)`))
  const table = sql.table(TABLE[asked])
  await sql`
    with code (id, n, hash) as (values ${values}), held as materialized (
      select a.id from ${table} a join code using (id) where a.tenant_id = ${tenantId} order by a.id for no key update of a)
    update ${table} a set short_n = code.n, short_hash = code.hash from code join held using (id)
    where a.tenant_id = ${tenantId} and a.id = code.id and a.short_hash is null`.execute(trx)
}

/** Which of their possible codes these asks or cases have; those without one are left out. */
export async function shortNumbers(
  trx: Transaction<DB>,
  tenantId: number,
  asked: keyof typeof TABLE,
  ids: number[],
): Promise<{ id: number; short_n: number }[]> {
  if (ids.length === 0) return []
  const rows = await trx
    .selectFrom(TABLE[asked])
    .select(['id', 'short_n'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()
  return rows.flatMap(({ id, short_n }) => (short_n === null ? [] : [{ id, short_n }]))
}

/** Whose guesses are counted together, from when, and how many there may be. */
export interface GuessSlot {
  /** A device's daily hash (eight bytes) or a network's (sixteen); empty: everybody. */
  who: Uint8Array
  slot: Date
  limit: number
}

/**
 * Takes one guess out of every slot, or none that comes after a full one: a device that is at its limit takes nothing from
 * everybody's. Committed before the guess is looked at, so many at once do not get round a limit.
 * @returns the slots it was taken from; all of them when it is allowed
 */
export async function takeGuess(db: Kysely<DB>, slots: readonly GuessSlot[]): Promise<GuessSlot[]> {
  const taken: GuessSlot[] = []
  for (const slot of slots) {
    const { rows } = await sql<{ n: number }>`
      insert into code_guess (who, slot, n) values (${slot.who}, ${slot.slot}, 1)
      on conflict (who, slot) do update set n = code_guess.n + 1 where code_guess.n < ${slot.limit}
      returning n`.execute(db)
    if (!rows[0]) break
    taken.push(slot)
  }
  return taken
}

/** Gives a guess back that was right, or was not allowed after all. */
export async function returnGuess(db: Kysely<DB>, slots: readonly GuessSlot[]): Promise<void> {
  for (const { who, slot } of slots) {
    await db
      .updateTable('code_guess')
      .set((eb) => ({ n: eb('n', '-', 1) }))
      .where('who', '=', who)
      .where('slot', '=', slot)
      .where('n', '>', 0)
      .execute()
  }
}

/** Forgets counts of hours before this one, which limit nothing any more. */
export async function forgetGuesses(db: Kysely<DB>, hour: Date): Promise<void> {
  await db.deleteFrom('code_guess').where('slot', '<', hour).execute()
}
