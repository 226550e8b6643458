import type { Transaction } from 'kysely'
import { readRunInputs } from '../../../db/queries/index-runs.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { peersOf, standings, type ElementStanding, type Peer } from '../../core/index/run/standing.ts'
import { memory } from '../remember.ts'
import { inputOf } from '../runs/rows.ts'
import type { OpenedScores } from './open.ts'

/** All units of one kind of a run, and where each stands. */
export interface PeerTable {
  readonly peers: readonly Peer[]
  readonly standings: ReadonlyMap<number, readonly ElementStanding[]>
}

const tables = memory<PeerTable>(24)

/** The peers of a unit. A run never changes, so they are made once. */
export async function peerTable(
  trx: Transaction<DB>,
  tenantId: number,
  { run, input, definition, goalposts, sources }: OpenedScores,
): Promise<PeerTable> {
  const key = `${tenantId} ${run.id} ${input.kind}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const rows = await readRunInputs(trx, tenantId, run.id, { kind: input.kind })
  const peers = peersOf(rows.map(inputOf), definition, goalposts, sources)
  return tables.set(key, { peers, standings: standings(peers, definition.scale) })
}
