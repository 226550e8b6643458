import { unitRows } from '../../db/queries/export-units.ts'
import { UNIT_COLUMNS } from './columns.ts'
import { rowsOf, type OpenExport } from './row-export.ts'

/** The tenant's units in the columns of a Units file: importing it again changes nothing. */
export function unitExport(tenantId: number): OpenExport {
  return async (session, look) => ({
    header: UNIT_COLUMNS.map(({ name }) => name),
    pieces: rowsOf(session, unitRows(tenantId), look),
  })
}
