import type { Transaction } from 'kysely'
import { readRunTexts } from '../../db/queries/index-runs.ts'
import { officialSeries as readSeries, provinceLineage } from '../../db/queries/official.ts'
import { unitNames } from '../../db/queries/units.ts'
import type { DB } from '../../db/schema/tables.ts'
import { shippedIndices } from '../../db/seeds/indices/shipped.ts'
import { agreementOf } from '../core/official/agreement.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import type { Services } from '../services.ts'
import { comparableIn, seriesOf, shippedEdition } from './series.ts'
import { ourYears, type OurScore } from './our-scores.ts'

/**
 * How our approximation of an index follows the published one, over all units and years that have both: the tenant's units
 * by their own results, and a province's years before the merger by those of its predecessors, marked as estimated.
 */
export async function indexAgreement(
  services: Services,
  tenantId: number,
  query: { index: string; node: string; official: string; officialNode: string },
) {
  return services.db.withTenant(tenantId, async (trx) => {
    const ours = await ourYears(trx, tenantId, { index: query.index, node: query.node, unitId: null })
    const shown = ours.filter(({ estimate }) => estimate.suppressed === null && estimate.est !== null)
    const results = await readSeries(trx, tenantId, { index: query.official, node: query.officialNode, unitIds: null })
    const published = new Set(results.flatMap((row) => row.unit_id ?? []))
    const successors = (await provinceLineage(trx)).flatMap((row) =>
      published.has(row.old_unit_id) ? row.new_unit_id : [],
    )
    // a department has no published result: of the hundreds of units that have scores, few are asked for
    const units = [...published, ...successors].filter((id) => shown.some(({ unit }) => unit === id))
    const series = new Map<number, Awaited<ReturnType<typeof seriesOf>>['points']>()
    for (const unit of new Set(units)) {
      const { points } = await seriesOf(trx, tenantId, unit, query.official, query.officialNode)
      if (points.length > 0) series.set(unit, points)
    }
    const pairs = shown.flatMap(({ unit, year, estimate, run }) => {
      const point = series.get(unit)?.find((one) => one.year === year)
      return point === undefined || point.value === null || estimate.est === null
        ? []
        : [{ unit, year, run, estimate, est: estimate.est, point, value: point.value }]
    })
    const names = await unitNames(trx, [...new Set(pairs.map(({ unit }) => unit))])
    const editionIn = new Map(results.map((row) => [row.year, row.edition]))
    const comparable = comparableIn(query.official, query.officialNode)
    const joined = (from: number, to: number) => {
      const [before, now] = [editionIn.get(from), editionIn.get(to)]
      return before === undefined || now === undefined || comparable(now, before)
    }
    const found = agreementOf(
      pairs.map(({ unit, year, estimate, est, value }) => ({
        unit,
        year,
        ours: est,
        lo: estimate.lo,
        hi: estimate.hi,
        official: value,
      })),
      joined,
    )
    return {
      index: { id: query.index, node: query.node },
      official: { id: query.official, node: query.officialNode },
      pairs: pairs.map(({ unit, year, run, estimate, point }) => ({
        unit: { id: unit, name: names.get(unit) ?? '' },
        year,
        run,
        ours: estimate,
        official: { value: point.value, low: point.low, high: point.high, estimated: point.estimated },
      })),
      ...found,
      reason: found.calibratable ? null : ('too_few_units' as const),
      coverage: coverageOf(await newestDefinition(trx, tenantId, ours), query.official, [
        ...new Set(results.map((row) => row.edition)),
      ]),
    }
  })
}

/** Which parts of the official index our edition can see at all: those with a node or indicator of the same code. */
function coverageOf(ours: IndexDefinition | null, official: string, editions: readonly string[]) {
  const newest = editions.map((edition) => shippedEdition(official, edition)).findLast((one) => one !== undefined)
  const structure = newest ?? lastShipped(official)
  if (ours === null || structure === undefined) return null
  const seen = new Map([...ours.nodes, ...ours.indicators].map((row) => [row.code, row]))
  const parts = [...structure.nodes, ...structure.indicators].filter((row) => row.parent !== null)
  return {
    edition: structure.id,
    seen: parts.filter(({ code }) => seen.has(code)).length,
    of: parts.length,
    parts: parts.map(({ code, parent, label }) => {
      const row = seen.get(code)
      return {
        code,
        parent,
        label,
        seen: row !== undefined,
        coverage: row !== undefined && 'coverage' in row ? (row.coverage ?? null) : null,
      }
    }),
  }
}

async function newestDefinition(
  trx: Transaction<DB>,
  tenantId: number,
  ours: readonly OurScore[],
): Promise<IndexDefinition | null> {
  if (ours.length === 0) return null
  const { definition } = await readRunTexts(trx, tenantId, Math.max(...ours.map(({ run }) => run)))
  return JSON.parse(definition) as IndexDefinition
}

function lastShipped(official: string): IndexDefinition | undefined {
  return shippedIndices.findLast((one) => one.official && (one.id === official || one.id.startsWith(`${official}-`)))
}
