import { putHard } from '../../db/queries/index-hard.ts'
import { lockTenant } from '../../db/queries/accounts.ts'
import { provinces } from '../../db/queries/official.ts'
import { listEditions } from '../../db/queries/index-editions.ts'
import { shippedIndices } from '../../db/seeds/indices/shipped.ts'
import type { Principal } from '../accounts/principal.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import { hardRanges, isWithin } from '../core/index/spans.ts'
import { readHardFigures } from '../core/official/hard-figures.ts'
import { provinceFinder } from '../core/official/provinces.ts'
import type { CellFault } from '../core/official/row-cells.ts'
import type { Table } from '../core/table/table.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { figureReport, ownUnitsNamed, refuseTable, type FigureImportReport } from './import.ts'

/**
 * Imports hard figures for indices. A unit is the tenant's by its own code or H-code, or a province by name or NSO code. Good
 * rows are kept and bad ones told (`outside_range`: an edition that takes the figure says what it can be); the same file again
 * changes nothing.
 * @throws AppError invalid_file with the columns that the header lacks, not_found for an unknown tenant
 */
export async function importHard(
  services: Services,
  { tenantId, actor }: Pick<Principal, 'tenantId' | 'actor'>,
  table: Table,
): Promise<FigureImportReport> {
  const read = readHardFigures(table)
  refuseTable(table, read)
  const now = services.now()
  return services.db.withTenant(tenantId, async (trx) => {
    if (!(await lockTenant(trx, tenantId))) throw new AppError('not_found')
    const findProvince = provinceFinder(await provinces(trx))
    const own = await ownUnitsNamed(trx, tenantId, read.records)
    const editions = await listEditions(trx, tenantId)
    const ranges = hardRanges([
      ...shippedIndices,
      ...editions.map(({ definition }) => JSON.parse(definition) as IndexDefinition),
    ])
    const faults: CellFault[] = [...read.faults]
    const rows = new Map<string, Parameters<typeof putHard>[2][number]>()
    for (const { line, code, unit, period, value, n, source } of read.records) {
      const id = own.get(unit) ?? findProvince(unit, Number(period.from.slice(0, 4)))?.id
      const key = JSON.stringify([code, id, period.from, period.to])
      if (id === undefined) faults.push({ line, column: 'unit', code: 'unknown_unit' })
      else if (!isWithin(ranges.get(code) ?? null, value)) faults.push({ line, column: 'value', code: 'outside_range' })
      else if (rows.has(key)) faults.push({ line, column: 'unit', code: 'duplicate_row' })
      else {
        const months = { from_month: `${period.from}-01`, to_month: `${period.to}-01` }
        rows.set(key, { code, unit_id: id, ...months, value, n, source, imported_at: now, imported_by: actor })
      }
    }
    const { created, updated } = await putHard(trx, tenantId, [...rows.values()])
    return figureReport(table, { ...read, faults }, { created, updated, kept: rows.size })
  })
}
