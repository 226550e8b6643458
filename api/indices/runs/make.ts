import type { Transaction } from 'kysely'
import { hardFigures } from '../../../db/queries/index-hard.ts'
import { deleteNightly, insertIndexRun, newestRun } from '../../../db/queries/index-runs.ts'
import { allVersions } from '../../../db/queries/instruments.ts'
import type { DB } from '../../../db/schema/tables.ts'
import type { IndexDefinition } from '../../core/index/definition.ts'
import type { HardValue } from '../../core/index/estimate/arrange.ts'
import { sharedColumns, type EditionColumns, type RunColumn } from '../../core/index/run/columns.ts'
import { runGoalposts } from '../../core/index/run/goalposts.ts'
import { SCORES_VERSION, type RunInputs } from '../../core/index/run/inputs.ts'
import { runScores } from '../../core/index/run/scores.ts'
import { unitInput } from '../../core/index/run/unit-inputs.ts'
import { canonicalText } from '../../core/instrument/canonical.ts'
import type { Instrument } from '../../core/instrument/definition.ts'
import type { CalendarPeriod } from '../../core/time/period.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { Edition } from '../editions/edition.ts'
import { monthsOf } from '../scope.ts'
import { collect, monthsIn } from './collect.ts'
import { inputsDigest } from './digest.ts'
import { periodBasis, type PeriodBasis } from './period.ts'
import { inputRow, scoresRow } from './rows.ts'

/** Who makes runs, and whether the next night may replace them. */
export interface RunMaker {
  readonly tenantId: number
  readonly actor: string
  readonly nightly: boolean
}

/**
 * Makes runs of editions for periods of one calendar year: freezes what is known now, and stores inputs and scores.
 * @param periods in order of time
 * @returns the ids made, period by period; an unchanged run of a night is not made again and gives its old id
 */
export async function makeRuns(
  services: Services,
  maker: RunMaker,
  periods: readonly CalendarPeriod[],
  editions: readonly Edition[],
): Promise<number[]> {
  const { tenantId } = maker
  const versions = await allVersions(services.db.shared, 'dossier-rating')
  const instruments = versions.map(({ id, definition }) => ({ id, definition: definition as Instrument }))
  const instrument = instruments.at(-1)
  if (instrument === undefined) throw new AppError('unavailable')
  const shared = sharedColumns(
    editions.map(({ definition }) => definition),
    instruments,
  )
  const editionColumns = editions.flatMap((edition, k): [Edition, EditionColumns][] => {
    const columns = shared.editions[k]
    return columns === undefined ? [] : [[edition, columns]]
  })
  return services.db.withTenant(
    tenantId,
    async (trx) => {
      const collected = await collect(trx, tenantId, monthsIn(periods))
      const ids: number[] = []
      for (const period of periods) {
        const basis = await periodBasis(trx, maker.tenantId, {
          period,
          collected,
          columns: shared.columns,
          instrument: instrument.definition,
          now: services.now(),
        })
        for (const [edition, columns] of editionColumns) {
          const made = { ...maker, now: services.now(), edition, columns }
          ids.push(await makeRun(trx, made, period, shared.columns, basis))
        }
      }
      return ids
    },
    { isolation: 'repeatable read' },
  )
}

async function makeRun(
  trx: Transaction<DB>,
  maker: RunMaker & { now: Date; edition: Edition; columns: EditionColumns },
  period: CalendarPeriod,
  columns: readonly RunColumn[],
  basis: PeriodBasis,
): Promise<number> {
  const { tenantId, edition } = maker
  const { definition } = edition
  const hard = await importedByUnit(trx, tenantId, definition, period)
  const inputs: RunInputs = {
    definition: { id: edition.id, edition: edition.edition, sha256: edition.sha256 },
    period: { from: period.from, to: period.to },
    sources: maker.columns.sources,
    mixGroups: basis.groups,
    units: basis.units.map((unit) =>
      unitInput(definition, maker.columns, columns, unit, hard.get(unit.unit.unit) ?? new Map(), basis.groups),
    ),
  }
  const goalposts = runGoalposts(inputs, definition, basis.totals)
  const bounds = canonicalText(Object.fromEntries(goalposts))
  const digest = inputsDigest(inputs)
  const key = { indexId: edition.id, edition: edition.edition, ...monthsOf(period) }
  if (maker.nightly) {
    const before = await newestRun(trx, tenantId, key)
    const same =
      before?.inputs_sha256 === digest &&
      before.definition_sha256 === edition.sha256 &&
      before.code_version === SCORES_VERSION &&
      before.units_sha256 === basis.unitsSha256
    if (same) return before.id
  }
  const scores = runScores(inputs, definition, goalposts)
  const id = await insertIndexRun(
    trx,
    tenantId,
    {
      index_id: edition.id,
      edition: edition.edition,
      definition: edition.text,
      definition_sha256: edition.sha256,
      from_month: key.fromMonth,
      to_month: key.toMonth,
      made_at: maker.now,
      made_by: maker.actor,
      nightly: maker.nightly,
      code_version: SCORES_VERSION,
      units_sha256: basis.unitsSha256,
      inputs_sha256: digest,
      bounds,
      sources: canonicalText(inputs.sources),
      mix_groups: [...basis.groups],
      answers: basis.answers,
    },
    { inputs: inputs.units.map(inputRow), scores: scores.map(scoresRow) },
  )
  if (maker.nightly) await deleteNightly(trx, tenantId, key, id)
  return id
}

/** Imported figures by unit and code, from the shortest stored period that contains the run's. */
async function importedByUnit(
  trx: Transaction<DB>,
  tenantId: number,
  { indicators }: IndexDefinition,
  period: CalendarPeriod,
): Promise<Map<number, Map<string, HardValue>>> {
  const codes = indicators.flatMap(({ from }) => (from !== undefined && 'hard' in from ? [from.hard] : []))
  const rows = await hardFigures(trx, tenantId, { codes: [...new Set(codes)], ...monthsOf(period) })
  const byUnit = new Map<number, Map<string, HardValue>>()
  for (const row of rows) {
    const own = byUnit.get(row.unit_id) ?? new Map<string, HardValue>()
    byUnit.set(row.unit_id, own)
    if (!own.has(row.code)) own.set(row.code, { value: row.value, n: row.n ?? 0 })
  }
  return byUnit
}
