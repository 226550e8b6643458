import type { Transaction } from 'kysely'
import { insertDossierChanges, lockDossiers, writeDossiers, type DossierRowStored } from '../../db/queries/dossiers.ts'
import type { EventType } from '../../db/schema/dossiers.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { DossierRow } from '../core/dossier/dossier.ts'
import type { RowIssue } from '../core/dossier/errors.ts'
import { mergeDossier, type MergePlan } from '../core/dossier/plan.ts'
import type { TokenKeys } from '../invitations/token.ts'
import { followEvents } from './follow.ts'
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
  row: LinedRow
  plan: MergePlan
  before: DossierRowStored | undefined
  ids: { procedure: number; responsible: number; receiving: number }
}

/**
 * Brings rows of a list into the register, in the caller's transaction: dossiers, events, invitations for new events, the
 * log of what changed, and the cells to count anew. At most a few hundred rows at a time; each dossier once.
 */
export async function applyDossiers(trx: Transaction<DB>, context: ApplyContext, rows: LinedRow[]): Promise<Applied> {
  const tenantId = context.tenant.id
  const units = await resolveUnits(
    trx,
    tenantId,
    rows.map((row) => row.dossier),
  )
  const { known, issues } = splitByUnits(rows, units)
  if (known.length === 0) return { created: 0, updated: 0, unchanged: 0, issues }
  const planned = await planRows(trx, tenantId, known, units)
  const written = planned.filter(({ plan }) => plan.action === 'created' || plan.action === 'updated')
  const ids = await writeDossiers(
    trx,
    tenantId,
    written.map((p) => toWrite(p.plan.dossier, p.ids)),
  )
  const idOf = (p: Planned) => ids.get(p.row.dossier.code) ?? p.before?.id ?? 0
  await followEvents(trx, context, planned, idOf)
  await insertDossierChanges(
    trx,
    written.flatMap((p) => changeRows(context, p, idOf(p))),
  )
  const count = (action: MergePlan['action']) => planned.filter(({ plan }) => plan.action === action).length
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged') + count('stale'),
    issues,
  }
}

async function planRows(trx: Transaction<DB>, tenantId: number, rows: LinedRow[], units: UnitAt): Promise<Planned[]> {
  const dossiers = rows.map((row) => row.dossier)
  const procedures = await resolveProcedures(trx, tenantId, dossiers)
  const stored = await lockDossiers(
    trx,
    tenantId,
    dossiers.map((dossier) => dossier.code),
  )
  const byCode = new Map(stored.map((dossier) => [dossier.code, dossier]))
  const codes = await codesBehind(trx, tenantId, stored)
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
      row,
      plan,
      before,
      ids: {
        procedure: procedures.idOf(plan.dossier.procedureCode) ?? before?.procedure_id ?? 0,
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

function changeRows(context: ApplyContext, { plan }: Planned, dossierId: number) {
  return plan.changes.map((change) => ({
    tenant_id: context.tenant.id,
    at: context.now,
    actor: context.actor,
    dossier_id: dossierId,
    field: change.field,
    old_value: change.old,
    new_value: change.new,
  }))
}
