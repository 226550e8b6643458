import type { Transaction } from 'kysely'
import { listEditions } from '../../db/queries/index-editions.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import { itemFinder } from '../core/questionnaire/series.ts'
import { allShipped, ownEdition, type Edition } from '../indices/editions/edition.ts'

/** Editions in use, shipped and published ones, with an indicator that asks a question of a questionnaire or one that it carries on. */
export async function editionsAsking(
  trx: Transaction<DB>,
  tenantId: number,
  questionnaire: Questionnaire,
): Promise<Edition[]> {
  const own = (await listEditions(trx, tenantId)).filter(({ state }) => state === 'published').map(ownEdition)
  const find = itemFinder(questionnaire)
  return [...allShipped(), ...own].filter(({ definition }) =>
    definition.indicators.some(
      ({ from }) => from !== undefined && 'instrument' in from && find(from.instrument, from.item) !== null,
    ),
  )
}
