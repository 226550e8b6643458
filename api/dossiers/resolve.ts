import type { Transaction } from 'kysely'
import { createFlaggedProcedures, findProcedures } from '../../db/queries/dossiers.ts'
import { findUnitsByCode } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { DossierRow } from '../core/dossier/dossier.ts'
import { localDate } from '../core/time/moment.ts'

/** The unit that a code meant at a moment, or undefined. */
export type UnitAt = (code: string, at: string) => number | undefined

/**
 * Looks up the unit codes of rows: the tenant's own and its H-codes. A code is read as of the day of receipt, because
 * a new commune often keeps an old one's code; a code whose validity has not begun or has ended then is still accepted
 * when it is the only meaning, since lists carry old dossiers under new codes.
 */
export async function resolveUnits(trx: Transaction<DB>, tenantId: number, rows: DossierRow[]): Promise<UnitAt> {
  const codes = [...new Set(rows.flatMap((row) => [row.responsibleUnitCode, row.receivingUnitCode]))]
  const found = codes.length > 0 ? await findUnitsByCode(trx, tenantId, codes) : []
  const byCode = Map.groupBy(found, (row) => row.code)
  return (code, at) => {
    const meanings = byCode.get(code) ?? []
    const day = localDate(at)
    const valid = meanings.find(
      (m) => (m.valid_from === null || m.valid_from <= day) && (m.valid_to === null || day < m.valid_to),
    )
    return (valid ?? meanings[0])?.unit_id
  }
}

/** Finds the procedures of rows; a code of the right form that nobody knows is created and flagged. */
export async function resolveProcedures(trx: Transaction<DB>, tenantId: number, rows: DossierRow[]) {
  const named = new Map(rows.map((row) => [row.procedureCode, row]))
  if (named.size === 0) return { idOf: () => undefined }
  let found = await findProcedures(trx, tenantId, [...named.keys()])
  const known = new Set(found.map((procedure) => procedure.code))
  const unknown = [...named.values()].filter((row) => !known.has(row.procedureCode))
  if (unknown.length > 0) {
    await createFlaggedProcedures(
      trx,
      tenantId,
      unknown.map((row) => ({
        code: row.procedureCode,
        name: row.procedureName ?? row.procedureCode,
        field: row.field ?? '',
      })),
    )
    found = await findProcedures(trx, tenantId, [...named.keys()])
  }
  const ids = new Map(found.map((procedure) => [procedure.code, procedure.id]))
  return { idOf: (code: string) => ids.get(code) }
}
