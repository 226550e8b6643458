import type { Transaction } from 'kysely'
import { currentInstrument } from '../../db/queries/instruments.ts'
import { insertRun, seenRuns, type RunRow } from '../../db/queries/publications.ts'
import type { DB } from '../../db/schema/tables.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import type { Instrument } from '../core/instrument/definition.ts'
import { carryCells, carryRegister, cellKey, MAX_EDITIONS, periodKey, type Shown } from '../core/publication/carry.ts'
import { FIGURES_VERSION, type RunInputs } from '../core/publication/inputs.ts'
import { runScores } from '../core/publication/scores.ts'
import type { CalendarPeriod } from '../core/time/period.ts'
import { AppError } from '../errors.ts'
import { MERGER_DAY } from '../indices/events.ts'
import { sha256, toHex } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { countForRun } from './freeze.ts'
import { canonicalHash, frozenInputs } from './inputs.ts'
import { scoreRow } from './rows.ts'

/**
 * Prepares a run for a period: freezes the counts of one moment, decides what is carried on, and stores the figures. Only
 * the office sees it until it is published.
 * @returns the run's id
 * @throws AppError invalid_input when the period holds nothing to publish; inputs_damaged when an earlier run does not match its hash
 */
export async function prepareRun(
  services: Services,
  principal: { tenantId: number; actor: string },
  period: CalendarPeriod,
): Promise<number> {
  const { tenantId, actor } = principal
  const instrument = await currentInstrument(services.db.shared, 'dossier-rating')
  if (!instrument) throw new AppError('unavailable')
  const definition = instrument.definition as Instrument
  const now = services.now()
  return services.db.withTenant(
    tenantId,
    async (trx) => {
      const counted = await countForRun(trx, tenantId, definition, period, earlier(endOf(period), now))
      if (counted.register.every((one) => one.dossiers === 0 && one.invited === 0))
        throw new AppError('invalid_input', [{ path: 'from', code: 'nothing_to_publish' }])
      const seen = await seenRuns(trx, tenantId, period.from.slice(0, 4))
      const { editions, others } = await shownBefore(trx, tenantId, seen, period)
      const withdrawn = new Set(seen.filter((run) => run.state === 'withdrawn').map((run) => run.id))
      const { scopes, cells: fresh } = counted
      const cells = carryCells({ scopes, fresh, period, editions, others, withdrawn })
      const inputs: RunInputs = {
        format: 1,
        figures: FIGURES_VERSION,
        instrument: { code: instrument.code, version: instrument.version, sha256: instrument.sha256 },
        period: { from: period.from, to: period.to },
        mergerBreak: period.start < MERGER_DAY && MERGER_DAY < period.endExclusive,
        units: counted.units,
        provinceId: counted.provinceId,
        cells,
        register: carryRegister(counted.register, cells, editions[0]),
        months: counted.months,
        seen: seenStates(seen),
      }
      const text = canonicalText(inputs)
      // from the stored text and nothing else, as every rerun does
      const scores = runScores(JSON.parse(text) as RunInputs, definition)
      const run = {
        from_month: `${period.from}-01`,
        to_month: `${period.to}-01`,
        state: 'prepared' as const,
        prepared_at: now,
        prepared_by: actor,
        instrument_code: instrument.code,
        instrument_version: instrument.version,
        definition_sha256: instrument.sha256,
        figures_version: FIGURES_VERSION,
        units_sha256: canonicalHash(counted.units),
        inputs: text,
        inputs_sha256: toHex(sha256(text)),
      }
      return insertRun(trx, tenantId, run, {
        units: counted.units
          .filter((unit) => unit.listed)
          .map((unit) => ({
            unit_id: unit.id,
            name: unit.name,
            kind: unit.kind as 'province',
            parent_id: unit.parentId,
          })),
        scores: scores.map(scoreRow),
      })
    },
    { isolation: 'repeatable read' },
  )
}

/** Runs that were public, with their states: what a prepared run was compared with. */
export function seenStates(seen: readonly RunRow[]): RunInputs['seen'] {
  return seen.map((run) => ({ run: run.id, state: run.state })).sort((a, b) => a.run - b.run)
}

/**
 * What the public has seen of the year, superseded and withdrawn runs included, since their readers remember: the editions of the
 * period itself, newest first, and the newest one of every other.
 */
async function shownBefore(
  trx: Transaction<DB>,
  tenantId: number,
  seen: readonly RunRow[],
  period: CalendarPeriod,
): Promise<{ editions: Shown[]; others: Map<string, Shown> }> {
  const byPeriod = Map.groupBy(seen.toReversed(), (run) =>
    periodKey({ from: run.from_month.slice(0, 7), to: run.to_month.slice(0, 7) }),
  )
  const editions: Shown[] = []
  const others = new Map<string, Shown>()
  for (const [key, runs] of byPeriod) {
    const isOwn = key === periodKey(period)
    for (const run of runs.slice(0, isOwn ? MAX_EDITIONS : 1)) {
      const { cells, register } = await frozenInputs(trx, tenantId, run.id)
      const shown: Shown = {
        run: run.id,
        privacy: run.withdraw_reason === 'privacy',
        cells: new Map(cells.map((cell) => [cellKey(cell), cell])),
        register,
      }
      if (isOwn) editions.push(shown)
      else others.set(key, shown)
    }
  }
  return { editions, others }
}

function endOf(period: CalendarPeriod): Date {
  return new Date(`${period.endExclusive}T00:00:00+07:00`)
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
