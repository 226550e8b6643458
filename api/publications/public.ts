import type { Transaction } from 'kysely'
import { listTenants } from '../../db/queries/accounts.ts'
import {
  publicRuns,
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
    withdrawn:
      run.withdrawn_at === null ? null : { at: run.withdrawn_at.toISOString(), reason: run.withdraw_reason ?? 'other' },
  }
}
export type PublicRun = ReturnType<typeof publicRunView>

/**
 * The run to show: the one asked for, else the published one of the latest period, else, when nothing else is left, the latest
 * withdrawn one, which stays visible as such.
 */
function chooseRun(runs: readonly RunRow[], asked: number | undefined): RunRow | undefined {
  if (asked !== undefined) return runs.find((run) => run.id === asked)
  return runs.find((run) => run.state === 'published') ?? runs[0]
}

interface Opened {
  trx: Transaction<DB>
  tenant: NonNullable<Awaited<ReturnType<typeof publicTenant>>>
  run: RunRow
  runs: RunRow[]
}

/** Null when nothing was ever published. @throws AppError not_found for a run that the public may not see */
async function withRun<T>(
  services: Services,
  asked: number | undefined,
  work: (opened: Opened) => Promise<T>,
): Promise<T | null> {
  const tenant = await publicTenant(services)
  if (tenant === null) return null
  return services.db.withTenant(
    tenant.id,
    async (trx) => {
      const runs = await publicRuns(trx, tenant.id)
      const run = chooseRun(runs, asked)
      if (run) return work({ trx, tenant, run, runs })
      if (asked !== undefined) throw new AppError('not_found')
      return null
    },
    { isolation: 'repeatable read' },
  )
}

const unitView = (unit: UnitRow) => ({ id: unit.unit_id, name: unit.name, kind: unit.kind, parentId: unit.parent_id })

/** Units of the public run by name, never by score. Null when nothing was ever published. */
export async function publicUnits(services: Services, asked?: number) {
  return withRun(services, asked, async ({ trx, tenant, run, runs }) => {
    const units = await readUnits(trx, tenant.id, run.id)
    return {
      sample: tenant.sample,
      tenant: tenant.name,
      run: publicRunView(run),
      runs: runs.map(publicRunView),
      units: units.map(unitView).sort((a, b) => a.name.localeCompare(b.name, 'vi') || a.id - b.id),
    }
  })
}

/**
 * What the public sees of a unit.
 * @throws AppError not_published before anything is; not_found for a unit or run the public does not see
 */
export async function publicUnit(services: Services, unitId: number, asked?: number) {
  const found = await withRun(services, asked, async ({ trx, tenant, run, runs }) => {
    const units = await readUnits(trx, tenant.id, run.id)
    const unit = units.find((one) => one.unit_id === unitId)
    if (!unit) throw new AppError('not_found')
    // what was taken back because it gives somebody away is not shown again
    const silent = run.state === 'withdrawn' && run.withdraw_reason === 'privacy'
    const rows = await readScores(trx, tenant.id, run.id, unitId)
    const recalled = await recalledRuns(trx, tenant.id, run)
    const view = (row: ScoreRow) =>
      row.source_run_id !== null && recalled.has(row.source_run_id) ? withheldView(row) : figureView(row)
    return {
      sample: tenant.sample,
      tenant: tenant.name,
      unit: unitView(unit),
      run: publicRunView(run),
      runs: runs.map(publicRunView),
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

/** A figure whose counts are those of a run that was withdrawn for privacy after this one had carried them on. */
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
