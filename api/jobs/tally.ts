import type { Transaction } from 'kysely'
import type { Database } from '../../db/client.ts'
import { rebuildWaitingCells, takeJob } from '../../db/queries/tallies.ts'
import type { DB } from '../../db/schema/tables.ts'
import { decideYears } from '../indices/decide.ts'
import { totalSpots } from '../insights/total-spots.ts'

/** Each transaction decides once, whatever it counts. */
const CELLS_PER_TRANSACTION = 2000
const MAX_ROUNDS = 200
const SERIALIZATION_FAILURE = '40001'

interface Round {
  cells: number
  more: boolean
}
const NOTHING: Round = { cells: 0, more: false }

/**
 * Rebuilds waiting cells in small transactions, each with the decision what may be shown of them, until none is left and every
 * year is decided and added up for comparisons, or the round limit is reached.
 *
 * @returns how many cells were rebuilt
 */
export async function rebuildTallies({ db }: { db: Database }, tenantId: number): Promise<number> {
  let handled = 0
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { cells, more } = await db
      .withTenant(tenantId, (trx) => rebuildSome(trx, tenantId), { isolation: 'repeatable read' })
      .catch(overtaken)
    handled += cells
    if (!more) break
  }
  return handled
}

async function rebuildSome(trx: Transaction<DB>, tenantId: number): Promise<Round> {
  if (!(await takeJob(trx, 'tally'))) return NOTHING
  const cells = await rebuildWaitingCells(trx, tenantId, CELLS_PER_TRANSACTION)
  const years = new Set(cells.map(({ month }) => Number(month.slice(0, 4))))
  const areLeft = await decideYears(trx, tenantId, years)
  const areDue = await totalSpots(trx, tenantId, cells)
  return { cells: cells.length, more: areLeft || areDue || cells.length === CELLS_PER_TRANSACTION }
}

/** Another server did these cells after this one's view of the database was taken. */
function overtaken(error: unknown): Round {
  if ((error as { code?: string }).code === SERIALIZATION_FAILURE) return NOTHING
  throw error
}
