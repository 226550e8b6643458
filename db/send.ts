import { CompiledQuery, type Transaction } from 'kysely'
import type { DB } from './schema/tables.ts'

/** Sends one statement of a text that never changes, with texts as its values. */
export type Send = <Row>(text: string, values: string[]) => Promise<Row[]>

/** As a part of a transaction. */
export function within(trx: Transaction<DB>): Send {
  return async <Row>(text: string, values: string[]) =>
    (await trx.executeQuery<Row>(CompiledQuery.raw(text, values))).rows
}
