import { setImmediate } from 'node:timers/promises'
import type { Transaction } from 'kysely'
import { hardFigures } from '../../../db/queries/index-hard.ts'
import { deleteNightly, insertIndexRun, newestRun, type IndexRunRow } from '../../../db/queries/index-runs.ts'
import { allVersions } from '../../../db/queries/instruments.ts'
import type { DB } from '../../../db/schema/tables.ts'
import type { IndexDefinition } from '../../core/index/definition.ts'
import type { HardValue } from '../../core/index/estimate/arrange.ts'
import { hardRanges, isWithin } from '../../core/index/spans.ts'
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
import { periodBasis, readPeriod, type PeriodBasis } from './period.ts'
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
      const now = services.now()
      const ahead = (period: CalendarPeriod | undefined) =>
        period === undefined
          ? null
          : inBackground(readAhead(trx, tenantId, { period, instrument: instrument.definition, now }, editionColumns))
      const ids: number[] = []
      let storing: Promise<void> = Promise.resolve()
      let next = ahead(periods[0])
      try {
        for (const [at, period] of periods.entries()) {
          const read = await next
          if (read === null) break
          next = ahead(periods[at + 1])
          const basis = periodBasis(read.reading, collected, shared.columns)
          for (const known of read.editions) {
            const run = await makeRun({ ...maker, now }, known, period, shared.columns, basis)
            const place = ids.push('id' in run ? run.id : NaN) - 1
            if ('id' in run) continue
            await storing
            storing = inBackground(store(trx, maker, run).then((id) => void (ids[place] = id)))
          }
        }
        await storing
      } finally {
        // nothing may go on behind the end of the transaction
        await Promise.allSettled([next, storing])
      }
      return ids
    },
    { isolation: 'repeatable read' },
  )
}

/** Work that goes on while something else is computed and is awaited later: until then nobody has missed that it fails. */
function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

/** An edition and what the database knows of it in a period: imported figures by unit and code, and the run before. */
interface KnownEdition {
  readonly edition: Edition
  readonly columns: EditionColumns
  readonly hard: Map<number, Map<string, HardValue>>
  readonly before: IndexRunRow | undefined
}

async function readAhead(
  trx: Transaction<DB>,
  tenantId: number,
  about: { period: CalendarPeriod; instrument: Instrument; now: Date },
  editions: readonly [Edition, EditionColumns][],
) {
  const { period } = about
  const reading = await readPeriod(trx, tenantId, about)
  const known: KnownEdition[] = []
  for (const [edition, columns] of editions) {
    const hard = await importedByUnit(trx, tenantId, edition.definition, period)
    const key = { indexId: edition.id, edition: edition.edition, ...monthsOf(period) }
    known.push({ edition, columns, hard, before: await newestRun(trx, tenantId, key) })
  }
  return { reading, editions: known }
}

type MadeRun = Parameters<typeof insertIndexRun>[2] & { content: Parameters<typeof insertIndexRun>[3] }
/** Units computed before what waits may go on: what is on its way to the database, while this computes. */
const UNITS_AT_ONCE = 50

/** Computes a run. @returns the one of the night before where nothing has changed */
async function makeRun(
  maker: RunMaker & { now: Date },
  { edition, columns: own, hard, before }: KnownEdition,
  period: CalendarPeriod,
  columns: readonly RunColumn[],
  basis: PeriodBasis,
): Promise<MadeRun | { id: number }> {
  const { definition } = edition
  const units = await inParts(basis.units, (part) =>
    part.map((unit) => unitInput(definition, own, columns, unit, hard.get(unit.unit.unit) ?? new Map(), basis.groups)),
  )
  const inputs: RunInputs = {
    definition: { id: edition.id, edition: edition.edition, sha256: edition.sha256 },
    period: { from: period.from, to: period.to },
    sources: own.sources,
    mixGroups: basis.groups,
    units,
  }
  const goalposts = runGoalposts(inputs, definition, basis.totals)
  const digest = inputsDigest(inputs)
  const same =
    before?.inputs_sha256 === digest &&
    before.definition_sha256 === edition.sha256 &&
    before.code_version === SCORES_VERSION &&
    before.units_sha256 === basis.unitsSha256
  if (maker.nightly && same) return { id: before.id }
  const scores = await inParts(units, (part) => runScores({ ...inputs, units: part }, definition, goalposts))
  const { fromMonth, toMonth } = monthsOf(period)
  return {
    index_id: edition.id,
    edition: edition.edition,
    definition: edition.text,
    definition_sha256: edition.sha256,
    from_month: fromMonth,
    to_month: toMonth,
    made_at: maker.now,
    made_by: maker.actor,
    nightly: maker.nightly,
    code_version: SCORES_VERSION,
    units_sha256: basis.unitsSha256,
    inputs_sha256: digest,
    bounds: canonicalText(Object.fromEntries(goalposts)),
    sources: canonicalText(inputs.sources),
    mix_groups: [...basis.groups],
    answers: basis.answers,
    content: { inputs: units.map(inputRow), scores: scores.map(scoresRow) },
  }
}

async function inParts<T, R>(list: readonly T[], work: (part: readonly T[]) => R[]): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < list.length; at += UNITS_AT_ONCE) {
    done.push(...work(list.slice(at, at + UNITS_AT_ONCE)))
    await setImmediate()
  }
  return done
}

async function store(trx: Transaction<DB>, maker: RunMaker, { content, ...run }: MadeRun): Promise<number> {
  const id = await insertIndexRun(trx, maker.tenantId, run, content)
  const { index_id: indexId, edition, from_month: fromMonth, to_month: toMonth } = run
  if (maker.nightly) await deleteNightly(trx, maker.tenantId, { indexId, edition, fromMonth, toMonth }, id)
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
  const ranges = hardRanges([{ indicators }])
  const rows = await hardFigures(trx, tenantId, { codes: [...new Set(codes)], ...monthsOf(period) })
  const byUnit = new Map<number, Map<string, HardValue>>()
  for (const row of rows) {
    // imported before this edition said what the figure can be: missing, not the nearest end of the scale
    if (!isWithin(ranges.get(row.code) ?? null, row.value)) continue
    const own = byUnit.get(row.unit_id) ?? new Map<string, HardValue>()
    byUnit.set(row.unit_id, own)
    if (!own.has(row.code)) own.set(row.code, { value: row.value, n: row.n ?? 0 })
  }
  return byUnit
}
