import { listHard } from '../../db/queries/index-hard.ts'
import { listOfficial, officialIndices, type OfficialRow } from '../../db/queries/official.ts'
import type { Services } from '../services.ts'

/** A published result as the office sees it. */
export function officialView(row: OfficialRow) {
  return {
    index: row.index_id,
    edition: row.edition,
    year: row.year,
    unit: { id: row.unit_id, name: row.unit },
    node: row.node,
    value: row.value,
    low: row.low,
    high: row.high,
    n: row.n,
    source: row.source,
    importedAt: row.imported_at.toISOString(),
    importedBy: row.imported_by,
  }
}

/** Published results in the order in which they came. */
export function readOfficial(services: Services, tenantId: number, query: Parameters<typeof listOfficial>[2]) {
  return services.db.withTenant(tenantId, (trx) => listOfficial(trx, tenantId, query))
}

/** Which published indices there are results of: editions, years, nodes, how many units. */
export async function readOfficialIndices(services: Services, tenantId: number) {
  const rows = await services.db.withTenant(tenantId, (trx) => officialIndices(trx, tenantId))
  const items = rows.map((row) => ({
    index: row.index_id,
    edition: row.edition,
    fromYear: row.from_year,
    toYear: row.to_year,
    units: row.units,
    nodes: row.nodes,
  }))
  return { items, next: null }
}

/** Hard figures in the order in which they came. */
export function readHard(services: Services, tenantId: number, query: Parameters<typeof listHard>[2]) {
  return services.db.withTenant(tenantId, (trx) => listHard(trx, tenantId, query))
}

/** A hard figure as the office sees it. */
export function hardView(row: Awaited<ReturnType<typeof listHard>>[number]) {
  return {
    code: row.code,
    unit: { id: row.unit_id, name: row.name ?? '' },
    from: row.from_month.slice(0, 7),
    to: row.to_month.slice(0, 7),
    value: row.value,
    n: row.n,
    source: row.source,
    importedAt: row.imported_at.toISOString(),
    importedBy: row.imported_by,
  }
}
