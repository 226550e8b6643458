import type { Transaction } from 'kysely'
import { newestHard } from '../../db/queries/index-hard.ts'
import { officialSeries as readSeries, provinceLineage, type OfficialRow } from '../../db/queries/official.ts'
import { unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import { shippedIndices } from '../../db/seeds/indices/shipped.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import {
  officialSeries,
  predecessorWeights,
  type PublishedValue,
  type SeriesPoint,
  type WeightBasis,
} from '../core/official/series.ts'
import type { Services } from '../services.ts'
import { pageScope } from '../indices/scope.ts'
import { ourYears } from './our-scores.ts'

/** Hard figure by whose size predecessors are weighted, once it is imported. */
export const POPULATION = 'population'

/** The published series of a unit and, beside it, our own estimates of the same years. */
export async function unitOfficial(
  services: Services,
  tenantId: number,
  unitId: number,
  query: { official: string; node: string; index: string | null; ourNode: string },
) {
  return services.db.withTenant(tenantId, async (trx) => {
    const { unit } = await pageScope(trx, tenantId, unitId)
    const { points, basis } = await seriesOf(trx, tenantId, unitId, query.official, query.node)
    const ours =
      query.index === null ? [] : await ourYears(trx, tenantId, { index: query.index, node: query.ourNode, unitId })
    return {
      unit: { id: unitId, name: unit.name ?? '' },
      official: { index: query.official, node: query.node },
      ours: query.index === null ? null : { index: query.index, node: query.ourNode },
      carriedBy: points.some(({ estimated }) => estimated) ? basis : null,
      items: points,
      estimates: ours.map(({ year, run, edition, estimate }) => ({ year, run, edition, estimate })),
    }
  })
}

/** A unit's published series, with what its predecessors had in the years before it existed. */
export async function seriesOf(
  trx: Transaction<DB>,
  tenantId: number,
  unitId: number,
  index: string,
  node: string,
): Promise<{ points: SeriesPoint[]; basis: WeightBasis }> {
  const lineage = (await provinceLineage(trx)).filter(({ new_unit_id }) => new_unit_id === unitId)
  const ids = lineage.map(({ old_unit_id }) => old_unit_id)
  const rows = await readSeries(trx, tenantId, { index, node, unitIds: [unitId, ...ids] })
  const names = await unitNames(trx, ids)
  const sizes = await newestHard(trx, tenantId, POPULATION)
  const { basis, predecessors } = predecessorWeights(
    ids.map((id) => ({ id, name: names.get(id) ?? '', population: sizes.get(id) ?? null })),
  )
  const valuesOf = (id: number) => rows.filter((row) => row.unit_id === id).map(publishedValue)
  const before = new Map(ids.map((id) => [id, valuesOf(id)]))
  return { points: officialSeries(valuesOf(unitId), before, predecessors, comparableIn(index, node)), basis }
}

function publishedValue(row: OfficialRow): PublishedValue {
  const { year, edition, value, low, high, n, source } = row
  return { year, edition, value, low, high, n, source }
}

/** As the shipped editions say: a node whose lineage calls the edition before not comparable breaks the series. */
export function comparableIn(index: string, node: string): (edition: string, previous: string) => boolean {
  return (edition, previous) => {
    const [now, before] = [shippedEdition(index, edition), shippedEdition(index, previous)]
    if (now === undefined || before === undefined) return true
    const row = [...now.nodes, ...now.indicators].find(({ code }) => code === node)
    return row?.lineage?.find(({ edition: other }) => other === before.id)?.comparable ?? true
  }
}

/** The shipped edition of an official index that results name: by its id (`papi-2021`) or its edition (`2021+`). */
export function shippedEdition(index: string, edition: string): IndexDefinition | undefined {
  return shippedIndices.find(
    (one) =>
      one.official &&
      (one.id === index || one.id.startsWith(`${index}-`)) &&
      (one.id === edition || String(one.edition) === edition),
  )
}
