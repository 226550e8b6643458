import type { Transaction } from 'kysely'
import { listTenants } from '../../db/queries/accounts.ts'
import {
  defaultRun,
  findRun,
  publicRuns,
  publishedRun,
  readScores,
  readUnits,
  recalledRuns,
  type RunRow,
  type ScoreRow,
  type UnitRow,
} from '../../db/queries/publications.ts'
import type { DB } from '../../db/schema/tables.ts'
import { suppress } from '../core/stats/estimate.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { recalledFigures } from './recalled.ts'
import { estimateOf, periodOfRun } from './rows.ts'
import { definitionView, figureView } from './runs.ts'

/** Whose figures the public sees: the instance's first real tenant, else the sample. */
async function publicTenant(services: Services) {
  const [tenant] = await listTenants(services.db.shared)
  return tenant ?? null
}

/** A run as the public sees it. */
export function publicRunView(run: RunRow) {
  return {
    id: run.id,
    ...periodOfRun(run),
    preparedAt: run.prepared_at.toISOString(),
    publishedAt: run.published_at?.toISOString() ?? '',
    definition: definitionView(run),
    inputsSha256: run.inputs_sha256,
    superseded: run.state === 'superseded',
    withdrawn:
      run.withdrawn_at === null ? null : { at: run.withdrawn_at.toISOString(), reason: run.withdraw_reason ?? 'other' },
  }
}
export type PublicRun = ReturnType<typeof publicRunView>

/** So many other runs are told of at once. */
const RUNS_TOLD = 50
/** As the public doors answer: short, so that a withdrawal is seen soon. */
export const PUBLIC_CACHE = 'public, max-age=60'

/** The run that the public asks for, and from which of the others on it wants to be told of them. */
export interface Asked {
  run?: number | undefined
  runsFrom?: number | undefined
}

/** What is public is never unseen again: a run that was replaced is still shown to who asks for it. */
async function openRun(trx: Transaction<DB>, tenantId: number, asked: number | undefined): Promise<RunRow | undefined> {
  if (asked === undefined) return defaultRun(trx, tenantId)
  const run = await findRun(trx, tenantId, asked)
  return run === undefined || run.published_at === null ? undefined : run
}

/** Null when nothing was ever published. @throws AppError not_found for a run that the public may not see */
async function withRun<T>(
  services: Services,
  asked: Asked,
  work: (opened: { trx: Transaction<DB>; tenantId: number; run: RunRow; head: Head }) => Promise<T>,
): Promise<T | null> {
  const tenant = await publicTenant(services)
  if (tenant === null) return null
  return services.db.withTenant(
    tenant.id,
    async (trx) => {
      const run = await openRun(trx, tenant.id, asked.run)
      if (run) return work({ trx, tenantId: tenant.id, run, head: await headOf(trx, tenant, run, asked.runsFrom ?? 0) })
      if (asked.run !== undefined) throw new AppError('not_found')
      return null
    },
    { isolation: 'repeatable read' },
  )
}

/** What every public answer says of its run: itself, the one that replaced it, and the others from `offset` on. */
async function headOf(
  trx: Transaction<DB>,
  tenant: NonNullable<Awaited<ReturnType<typeof publicTenant>>>,
  run: RunRow,
  offset: number,
) {
  const runs = await publicRuns(trx, tenant.id, run, { offset, limit: RUNS_TOLD + 1 })
  const newer = run.state === 'superseded' ? await publishedRun(trx, tenant.id, run) : undefined
  return {
    sample: tenant.sample,
    tenant: tenant.name,
    run: publicRunView(run),
    replacedBy: newer ? publicRunView(newer) : null,
    runs: runs.slice(0, RUNS_TOLD).map(publicRunView),
    nextRuns: runs.length > RUNS_TOLD ? offset + RUNS_TOLD : null,
  }
}
type Head = Awaited<ReturnType<typeof headOf>>

const unitView = (unit: UnitRow) => ({ id: unit.unit_id, name: unit.name, kind: unit.kind, parentId: unit.parent_id })

/** Units of the public run by name, never by score. Null when nothing was ever published. */
export async function publicUnits(services: Services, asked: Asked = {}) {
  return withRun(services, asked, async ({ trx, tenantId, run, head }) => {
    const units = await readUnits(trx, tenantId, run.id)
    return {
      ...head,
      units: units.map(unitView).sort((a, b) => a.name.localeCompare(b.name, 'vi') || a.id - b.id),
    }
  })
}

/**
 * What the public sees of a unit.
 * @throws AppError not_published before anything is; not_found for a unit or run the public does not see
 */
export async function publicUnit(services: Services, unitId: number, asked: Asked = {}) {
  const found = await withRun(services, asked, async ({ trx, tenantId, run, head }) => {
    const units = await readUnits(trx, tenantId, run.id)
    const unit = units.find((one) => one.unit_id === unitId)
    if (!unit) throw new AppError('not_found')
    const rows = await readScores(trx, tenantId, [run.id], unitId)
    const recalled = await recalledRuns(trx, tenantId, run)
    // what was taken back because it gives somebody away is not shown again, nor by a run that it had replaced
    const silent = recalled.has(run.id) || (run.state === 'superseded' && recalled.size > 0)
    const told = await readScores(trx, tenantId, [...recalled], unitId)
    const again = recalledFigures(rows, told)
    const view = (row: ScoreRow) =>
      row.suppressed === null && again.has(row.figure) ? withheldView(row) : figureView(row)
    return {
      ...head,
      unit: unitView(unit),
      silent,
      figures: silent ? [] : figuresOf(rows).map(view),
      responseRate: silent ? suppress(responseRateOf(rows), 'complementary') : responseRateOf(rows),
      notMeasured: rows.filter((row) => row.suppressed === 'not_measured').map((row) => row.figure),
      above: units.filter((one) => one.unit_id === unit.parent_id).map(unitView)[0] ?? null,
      below: units
        .filter((one) => one.parent_id === unitId)
        .map(unitView)
        .sort((a, b) => a.name.localeCompare(b.name, 'vi') || a.id - b.id),
    }
  })
  if (found === null) throw new AppError('not_published')
  return found
}
export type PublicUnit = Awaited<ReturnType<typeof publicUnit>>
export type PublicUnits = NonNullable<Awaited<ReturnType<typeof publicUnits>>>

/** A figure that shows again what a run withdrawn for privacy showed. */
function withheldView(row: ScoreRow): ReturnType<typeof figureView> {
  const estimate = suppress(estimateOf(row), 'complementary')
  const notes = [...row.notes.filter((note) => note !== 'carried' && note !== 'interval_only'), 'complementary']
  return { ...figureView(row), estimate, notes, needed: null, grade: null, steps: [], carriedFrom: null }
}

/** In the order in which figures are read. */
const ORDER = [
  'satisfaction',
  'qd766_5_4_union',
  'qd766_5_4_sum',
  'tt01_subtotal',
  'tt01_grade',
  'papi_like_5',
  'papi_like_5_1',
  'papi_like_5_3',
  'papi_like_5_4',
  'pci_like',
]

function figuresOf(rows: readonly ScoreRow[]): ScoreRow[] {
  return ORDER.flatMap((code) => rows.find((row) => row.figure === code) ?? []).filter(
    (row) => row.suppressed !== 'not_measured',
  )
}

function responseRateOf(rows: readonly ScoreRow[]) {
  const row = rows.find((one) => one.figure === 'response_rate')
  if (!row) throw new RangeError('every unit of a run has a response rate')
  return estimateOf(row)
}
