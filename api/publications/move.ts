import type { Transaction } from 'kysely'
import { lockTenant } from '../../db/queries/accounts.ts'
import { findRun, seenRuns, updateRun, type RunRow } from '../../db/queries/publications.ts'
import type { DB } from '../../db/schema/tables.ts'
import { nextState, type RunAction, type WithdrawReason } from '../core/publication/state.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { frozenInputs } from './inputs.ts'
import { seenStates } from './prepare.ts'

/**
 * Makes a prepared run the public one of its period; the one before is superseded.
 * @throws AppError not_found; wrong_state; inputs_damaged; stale_run when what the public has seen of the year has changed
 *   since the run was prepared, so that its comparison no longer holds
 */
export async function publishRun(
  services: Services,
  principal: { tenantId: number; actor: string },
  id: number,
): Promise<void> {
  const { tenantId, actor } = principal
  await services.db.withTenant(tenantId, async (trx) => {
    await lockTenant(trx, tenantId)
    const run = await existing(trx, tenantId, id)
    const state = allowed(run, 'publish')
    const inputs = await frozenInputs(trx, tenantId, id)
    const seen = await seenRuns(trx, tenantId, run.from_month.slice(0, 4))
    if (
      JSON.stringify(seenStates(seen)) !==
      JSON.stringify(inputs.seen.map(({ run: seenId, state: was }) => ({ run: seenId, state: was })))
    )
      throw new AppError('stale_run')
    for (const before of seen) {
      const same = before.from_month === run.from_month && before.to_month === run.to_month
      const superseded = same ? nextState(before.state, 'supersede') : null
      if (superseded !== null) await updateRun(trx, tenantId, before.id, { state: superseded })
    }
    await updateRun(trx, tenantId, id, { state, published_at: services.now(), published_by: actor })
  })
}

/**
 * Takes a published run back. It stays visible as withdrawn.
 * @throws AppError not_found; wrong_state
 */
export async function withdrawRun(
  services: Services,
  principal: { tenantId: number; actor: string },
  id: number,
  reason: WithdrawReason,
): Promise<void> {
  const { tenantId, actor } = principal
  await services.db.withTenant(tenantId, async (trx) => {
    await lockTenant(trx, tenantId)
    const state = allowed(await existing(trx, tenantId, id), 'withdraw')
    const change = { withdrawn_at: services.now(), withdrawn_by: actor, withdraw_reason: reason }
    await updateRun(trx, tenantId, id, { state, ...change })
  })
}

/** A run of the tenant. @throws AppError not_found */
export async function existing(trx: Transaction<DB>, tenantId: number, id: number): Promise<RunRow> {
  const run = await findRun(trx, tenantId, id)
  if (!run) throw new AppError('not_found')
  return run
}

function allowed(run: RunRow, action: RunAction) {
  const state = nextState(run.state, action)
  if (state === null) throw new AppError('wrong_state')
  return state
}
