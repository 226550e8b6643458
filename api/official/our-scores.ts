import type { Transaction } from 'kysely'
import { readIndexScores, readRunTexts, runsInTime, type IndexRunRow } from '../../db/queries/index-runs.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { IndexDefinition } from '../core/index/definition.ts'
import { elementsOf } from '../core/index/run/elements.ts'
import type { Estimate } from '../core/stats/estimate.ts'
import { estimateAt } from '../indices/runs/rows.ts'

/** Our estimate of one unit in one calendar year, under the display rule. */
export interface OurScore {
  readonly unit: number
  readonly year: number
  readonly run: number
  readonly edition: string
  readonly estimate: Estimate
}
const LATEST = '9999-12-01'

/** Scores of a node by unit and year, from the newest run of each year. @param unitId only this unit; null: all */
export async function ourYears(
  trx: Transaction<DB>,
  tenantId: number,
  query: { index: string; node: string; unitId: number | null },
): Promise<OurScore[]> {
  const runs = await runsInTime(trx, tenantId, { indexId: query.index, toMonth: LATEST, months: 12 })
  const found: OurScore[] = []
  for (const run of runs) found.push(...(await scoresOf(trx, tenantId, run, query)))
  return found.sort((a, b) => a.year - b.year || a.unit - b.unit)
}

async function scoresOf(
  trx: Transaction<DB>,
  tenantId: number,
  run: IndexRunRow,
  { node, unitId }: { node: string; unitId: number | null },
): Promise<OurScore[]> {
  const { definition } = await readRunTexts(trx, tenantId, run.id)
  const { elements } = elementsOf(JSON.parse(definition) as IndexDefinition)
  const at = elements.findIndex(({ code }) => code === node)
  if (at === -1) return []
  const rows = await readIndexScores(trx, tenantId, run.id, unitId ?? undefined)
  const year = Number(run.from_month.slice(0, 4))
  return rows.map((row) => ({
    unit: row.unit_id,
    year,
    run: run.id,
    edition: run.edition,
    estimate: estimateAt(row, at),
  }))
}
