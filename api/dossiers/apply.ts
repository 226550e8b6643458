import type { Transaction } from 'kysely'
import { insertDossierChanges } from '../../db/queries/dossiers.ts'
import { nextIds } from '../../db/queries/ids.ts'
import { findDossiers, insertDossiers, updateDossiers, type DossierRowStored } from '../../db/queries/register.ts'
import type { EventType } from '../../db/schema/dossiers.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { DossierRow } from '../core/dossier/dossier.ts'
import type { RowIssue } from '../core/dossier/errors.ts'
import { mergeDossier, type MergePlan } from '../core/dossier/plan.ts'
import type { TokenKeys } from '../invitations/token.ts'
import { followEvents } from './follow.ts'
import { newMemory, trim, type Memory } from './memory.ts'
import { resolveProcedures, resolveUnits, type UnitAt } from './resolve.ts'
import { codesBehind, toStored, toWrite } from './stored.ts'

/** Whose dossiers, who brings them, when, and which events invite to rate. */
export interface ApplyContext {
  tenant: { id: number; prefix: string; settings: { inviteEvents: EventType[] } }
  actor: string
  now: Date
  tokenKeys: TokenKeys
}
/** A row of a list; its line is for the report of errors. */
export interface LinedRow {
  line: number
  dossier: DossierRow
  /** Events beyond those the row itself tells of (a second supplement request, say). */
  events?: { type: EventType; n: number; at: string }[]
}
export interface Applied {
  created: number
  updated: number
  unchanged: number
  issues: RowIssue[]
}
/** What a row does to the register. */
export interface Planned {
  /** Id of the dossier, known or to be. */
  id: number
  row: LinedRow
  plan: MergePlan
  before: DossierRowStored | undefined
  ids: { procedure: number; responsible: number; receiving: number }
}

/**
 * Brings rows of a list into the register, in the caller's transaction that holds the tenant: dossiers, events, invitations
 * for new events, the log of what changed, and the cells to count anew. At most some thousand rows at a time; each dossier once.
 * @param memory shared by the batches of one transaction
 */
export async function applyDossiers(
  trx: Transaction<DB>,
  context: ApplyContext,
  rows: LinedRow[],
  memory: Memory = newMemory(),
): Promise<Applied> {
  trim(memory)
  const { tenant, now: at, actor } = context
  const units = await resolveUnits(
    trx,
    tenant.id,
    rows.map((row) => row.dossier),
    memory,
  )
  const { known, issues } = splitByUnits(rows, units)
  if (known.length === 0) return { created: 0, updated: 0, unchanged: 0, issues }
  const planned = await planRows(trx, tenant.id, known, units, memory)
  const created = planned.filter(({ plan }) => plan.action === 'created')
  const updated = planned.filter(({ plan }) => plan.action === 'updated')
  await insertDossiers(trx, tenant.id, created.map(toWrite))
  await updateDossiers(trx, tenant.id, updated.map(toWrite))
  await followEvents(trx, context, planned, memory)
  await insertDossierChanges(trx, { tenantId: tenant.id, at, actor }, updated.flatMap(changeRows))
  return {
    created: created.length,
    updated: updated.length,
    unchanged: planned.length - created.length - updated.length,
    issues,
  }
}

async function planRows(
  trx: Transaction<DB>,
  tenantId: number,
  rows: LinedRow[],
  units: UnitAt,
  memory: Memory,
): Promise<Planned[]> {
  const dossiers = rows.map((row) => row.dossier)
  const procedureOf = await resolveProcedures(trx, tenantId, dossiers, memory)
  const stored = await findDossiers(
    trx,
    tenantId,
    dossiers.map((dossier) => dossier.code),
  )
  const byCode = new Map(stored.map((dossier) => [dossier.code, dossier]))
  const codes = await codesBehind(trx, tenantId, stored)
  const newIds = (await nextIds(trx, 'dossier', rows.length - stored.length)).values()
  return rows.map((row) => {
    const { dossier } = row
    const before = byCode.get(dossier.code)
    const responsible = units(dossier.responsibleUnitCode, dossier.receivedAt) ?? 0
    const receiving = units(dossier.receivingUnitCode, dossier.receivedAt) ?? 0
    const sameCodes = {
      responsible: before?.responsible_unit_id === responsible ? dossier.responsibleUnitCode : null,
      receiving: before?.receiving_unit_id === receiving ? dossier.receivingUnitCode : null,
    }
    const plan = mergeDossier(before ? toStored(before, codes, sameCodes) : null, dossier)
    const changed = (field: string) => before === undefined || plan.changes.some((change) => change.field === field)
    return {
      id: before?.id ?? newIds.next().value ?? 0,
      row,
      plan,
      before,
      ids: {
        procedure: procedureOf(plan.dossier.procedureCode) ?? before?.procedure_id ?? 0,
        responsible: changed('responsibleUnitCode') ? responsible : (before?.responsible_unit_id ?? responsible),
        receiving: changed('receivingUnitCode') ? receiving : (before?.receiving_unit_id ?? receiving),
      },
    }
  })
}

/** A row whose unit nobody knows is refused; the others go on. */
function splitByUnits(rows: LinedRow[], units: UnitAt): { known: LinedRow[]; issues: RowIssue[] } {
  const issues: RowIssue[] = []
  const known = rows.filter(({ line, dossier }) => {
    const unknown = (code: string) => units(code, dossier.receivedAt) === undefined
    if (unknown(dossier.responsibleUnitCode)) issues.push({ line, column: 'ma_don_vi', code: 'unknown_unit' })
    else if (unknown(dossier.receivingUnitCode))
      issues.push({ line, column: 'ma_don_vi_tiep_nhan', code: 'unknown_unit' })
    else return true
    return false
  })
  return { known, issues }
}

function changeRows({ id, plan }: Planned) {
  return plan.changes.map((change) => ({
    dossier_id: id,
    field: change.field,
    old_value: change.old,
    new_value: change.new,
  }))
}
