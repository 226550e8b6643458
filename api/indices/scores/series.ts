import type { Transaction } from 'kysely'
import { readIndexScores, runsInTime, type TimedRun } from '../../../db/queries/index-runs.ts'
import type { DB } from '../../../db/schema/tables.ts'
import { elementsOf } from '../../core/index/run/elements.ts'
import type { Estimate } from '../../core/stats/estimate.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { MERGER_DAY } from '../events.ts'
import { frozenRun, periodOfRun } from '../runs/door.ts'
import { estimateAt } from '../runs/rows.ts'
import { pageScope } from '../scope.ts'

/** Why two periods of a series must not be joined without a word. */
export type ScoreBreak = 'merger' | 'edition' | 'definition' | 'units' | 'goalposts' | 'code'

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/**
 * A unit's score of one node over periods of one length, oldest first, up to a period; each with what breaks it off from the one
 * before.
 * @throws AppError not_found for a unit that is not the tenant's
 */
export function scoreSeries(
  services: Services,
  tenantId: number,
  unitId: number,
  query: { index: string; node: string | null; period: CalendarPeriod },
) {
  return services.db.withTenant(tenantId, async (trx) => {
    const { unit } = await pageScope(trx, tenantId, unitId)
    const runs = await runsUpTo(trx, tenantId, query.index, query.period)
    if (runs.length === 0) throw new AppError('no_run')
    const items = []
    for (const [k, run] of runs.entries()) {
      const found = await scoreIn(trx, tenantId, run, unitId, query.node)
      if (found === null) continue
      items.push({
        ...periodOfRun(run),
        run: run.id,
        edition: run.edition,
        estimate: found,
        breaks: breaksBetween(runs[k - 1], run),
      })
    }
    return { unit: { id: unitId, name: unit.name ?? '' }, index: query.index, node: query.node, items, next: null }
  })
}

/** The newest run of each period of the same length up to a period, oldest first. */
export async function runsUpTo(
  trx: Transaction<DB>,
  tenantId: number,
  index: string,
  period: CalendarPeriod,
): Promise<TimedRun[]> {
  const query = { indexId: index, toMonth: `${period.to}-01`, months: MONTHS[period.kind] }
  return (await runsInTime(trx, tenantId, query)).toReversed()
}

/** What changed between two runs beside the answers. */
export function breaksBetween(before: TimedRun | undefined, now: TimedRun): ScoreBreak[] {
  if (before === undefined) return []
  const isMerger = before.from_month < MERGER_DAY && now.to_month >= MERGER_DAY
  return [
    ...(isMerger ? (['merger'] as const) : []),
    ...(before.edition === now.edition ? [] : (['edition'] as const)),
    ...(before.edition !== now.edition || before.definition_sha256 === now.definition_sha256
      ? []
      : (['definition'] as const)),
    ...(before.units_sha256 === now.units_sha256 ? [] : (['units'] as const)),
    ...(before.goalposts === now.goalposts ? [] : (['goalposts'] as const)),
    ...(before.code_version === now.code_version ? [] : (['code'] as const)),
  ]
}

async function scoreIn(
  trx: Transaction<DB>,
  tenantId: number,
  run: TimedRun,
  unitId: number,
  node: string | null,
): Promise<Estimate | null> {
  const [row] = await readIndexScores(trx, tenantId, run.id, unitId)
  if (row === undefined) return null
  // the root comes first in every run
  if (node === null) return estimateAt(row, 0)
  const { definition } = await frozenRun(trx, tenantId, run)
  const at = elementsOf(definition).elements.findIndex(({ code }) => code === node)
  return at === -1 ? null : estimateAt(row, at)
}
