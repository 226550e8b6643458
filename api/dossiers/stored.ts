import type { Transaction } from 'kysely'
import { ownCodes, procedureCodes } from '../../db/queries/dossiers.ts'
import type { DossierRowStored, DossierWrite } from '../../db/queries/register.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { StoredDossier } from '../core/dossier/dossier.ts'
import { outcomeOf } from '../core/dossier/events.ts'
import { lateness } from '../core/dossier/lateness.ts'
import { localDate } from '../core/time/moment.ts'
import type { Planned } from './apply.ts'

/** Codes behind the ids of stored dossiers, as rules and logs speak of them. */
export async function codesBehind(trx: Transaction<DB>, tenantId: number, stored: DossierRowStored[]) {
  const units = await ownCodes(trx, tenantId, [
    ...new Set(stored.flatMap((d) => [d.responsible_unit_id, d.receiving_unit_id])),
  ])
  const procedures = await procedureCodes(trx, tenantId, [...new Set(stored.map((d) => d.procedure_id))])
  return { unit: (id: number) => units.get(id) ?? '', procedure: (id: number) => procedures.get(id) ?? '' }
}

/**
 * A stored dossier as the rules of merging see it. `written` holds the row's own unit codes where they mean the stored
 * units, so that a unit known under two codes (its own and its H-code) is not a change.
 */
export function toStored(
  row: DossierRowStored,
  codes: { unit: (id: number) => string; procedure: (id: number) => string },
  written: { responsible: string | null; receiving: string | null },
): StoredDossier {
  return {
    code: row.code,
    procedureCode: codes.procedure(row.procedure_id),
    responsibleUnitCode: written.responsible ?? codes.unit(row.responsible_unit_id),
    receivingUnitCode: written.receiving ?? codes.unit(row.receiving_unit_id),
    applicant: row.applicant,
    channel: row.channel,
    receivedAt: row.received_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    returnedAt: row.returned_at?.toISOString() ?? null,
    supplementAt: row.supplement_at?.toISOString() ?? null,
    refusedAt: row.refused_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    status: row.status,
    sourceUpdatedAt: row.source_updated_at?.toISOString() ?? null,
  }
}

/** A dossier as the register keeps it, with the day and punctuality of its outcome. Only a return or a refusal is an outcome that is rated. */
export function toWrite({ id, plan: { dossier }, ids }: Planned): DossierWrite {
  const outcome = outcomeOf(dossier)
  const rated = outcome && outcome.type !== 'withdrawn' ? outcome : null
  return {
    id,
    code: dossier.code,
    procedure_id: ids.procedure,
    responsible_unit_id: ids.responsible,
    receiving_unit_id: ids.receiving,
    applicant: dossier.applicant,
    channel: dossier.channel,
    received_at: dossier.receivedAt,
    due_at: dossier.dueAt,
    returned_at: dossier.returnedAt,
    supplement_at: dossier.supplementAt,
    refused_at: dossier.refusedAt,
    withdrawn_at: dossier.withdrawnAt,
    status: dossier.status,
    received_on: localDate(dossier.receivedAt),
    outcome_on: rated ? localDate(rated.at) : null,
    lateness: lateness(dossier.dueAt, rated?.at ?? null),
    source_updated_at: dossier.sourceUpdatedAt,
  }
}
