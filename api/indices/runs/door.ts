import {
  findIndexRun,
  listIndexRuns,
  readRunInputs,
  readIndexScores,
  readRunTexts,
  type IndexRunRow,
} from '../../../db/queries/index-runs.ts'
import type { Transaction } from 'kysely'
import { readSums } from '../../../db/queries/tally-sums.ts'
import type { DB } from '../../../db/schema/tables.ts'
import type { Principal } from '../../accounts/principal.ts'
import type { IndexDefinition } from '../../core/index/definition.ts'
import type { EditionKey } from '../../core/index/edition.ts'
import type { Bounds } from '../../core/index/normalise.ts'
import { elementsOf } from '../../core/index/run/elements.ts'
import { SCORES_VERSION, type RunInputs } from '../../core/index/run/inputs.ts'
import { runScores } from '../../core/index/run/scores.ts'
import type { RunSource } from '../../core/index/run/sources.ts'
import { sameDigits } from '../../core/publication/compare.ts'
import { calendarPeriod, type CalendarPeriod } from '../../core/time/period.ts'
import { AppError } from '../../errors.ts'
import { sha256, toHex } from '../../invitations/token.ts'
import type { Services } from '../../services.ts'
import { monthsOf } from '../scope.ts'
import { readEdition } from '../editions/edition.ts'
import { inputsDigest } from './digest.ts'
import { makeRuns } from './make.ts'
import { estimateAt, inputOf, scoresRow } from './rows.ts'

/** More answers than this are for the command line: an isolate has neither the time nor the memory. */
const MAX_ANSWERS = 200_000
const MAX_DIFFERENCES = 100

/**
 * Makes a run of an edition for a period, to be kept.
 * @returns its id
 * @throws AppError not_found; wrong_state for a draft or retired edition; invalid_input nothing_to_compute for a period without
 *   dossiers; needs_command_line where there are more answers than a request may take
 */
export async function computeRun(
  services: Services,
  { tenantId, actor }: Pick<Principal, 'tenantId' | 'actor'>,
  key: EditionKey,
  period: CalendarPeriod,
): Promise<number> {
  const edition = await services.db.withTenant(tenantId, async (trx) => {
    const found = await readEdition(trx, tenantId, key)
    if (found.state !== 'shipped' && found.state !== 'published') throw new AppError('wrong_state')
    const stages = await readSums(trx, tenantId, {
      ...monthsOf(period),
      unitIds: null,
      items: ['@outcome', '@ask'],
      mainOnly: true,
      by: [],
    })
    if (stages.length === 0) throw new AppError('invalid_input', [{ path: 'from', code: 'nothing_to_compute' }])
    if (stages.some((row) => (row.counts[2] ?? 0) > MAX_ANSWERS)) throw new AppError('needs_command_line')
    return found
  })
  const [id] = await makeRuns(services, { tenantId, actor, nightly: false }, [period], [edition])
  if (id === undefined) throw new RangeError('one run was to be made')
  return id
}

/** A run as the office sees it. */
export function indexRunView(run: IndexRunRow) {
  return {
    id: run.id,
    index: run.index_id,
    edition: run.edition,
    ...periodOfRun(run),
    madeAt: run.made_at.toISOString(),
    madeBy: run.made_by,
    nightly: run.nightly,
    answers: run.answers,
    codeVersion: run.code_version,
    definitionSha256: run.definition_sha256,
    inputsSha256: run.inputs_sha256,
    unitsSha256: run.units_sha256,
  }
}

/** The calendar period of a run. @throws RangeError when its months are none */
export function periodOfRun(run: Pick<IndexRunRow, 'from_month' | 'to_month'>) {
  const period = calendarPeriod(run.from_month.slice(0, 7), run.to_month.slice(0, 7))
  if (period === null) throw new RangeError('a run covers a calendar period')
  return { kind: period.kind, from: period.from, to: period.to }
}

/** A run of the tenant. @throws AppError not_found */
export async function existingRun(trx: Transaction<DB>, tenantId: number, id: number): Promise<IndexRunRow> {
  const run = await findIndexRun(trx, tenantId, id)
  if (!run) throw new AppError('not_found')
  return run
}

/** Runs of an edition, newest first. */
export function readIndexRuns(
  services: Services,
  tenantId: number,
  page: Parameters<typeof listIndexRuns>[2],
): Promise<IndexRunRow[]> {
  return services.db.withTenant(tenantId, (trx) => listIndexRuns(trx, tenantId, page))
}

/** What a run was computed with, and on what. */
export interface FrozenRun {
  readonly definition: IndexDefinition
  readonly goalposts: ReadonlyMap<string, Bounds>
  readonly sources: readonly RunSource[]
  readonly mixGroups: readonly string[]
}

/** The texts of a run. @throws AppError inputs_damaged when the definition is not the one that was hashed */
export async function frozenRun(trx: Transaction<DB>, tenantId: number, run: IndexRunRow): Promise<FrozenRun> {
  const texts = await readRunTexts(trx, tenantId, run.id)
  if (toHex(sha256(texts.definition)) !== run.definition_sha256) throw new AppError('inputs_damaged')
  return {
    definition: JSON.parse(texts.definition) as IndexDefinition,
    goalposts: new Map(Object.entries(JSON.parse(texts.bounds) as Record<string, Bounds>)),
    sources: JSON.parse(texts.sources) as RunSource[],
    mixGroups: texts.mix_groups,
  }
}

/** One run with its goalposts and where its values came from. @throws AppError not_found; inputs_damaged */
export function showRun(services: Services, tenantId: number, id: number) {
  return services.db.withTenant(tenantId, async (trx) => {
    const run = await existingRun(trx, tenantId, id)
    const { definition, goalposts, sources } = await frozenRun(trx, tenantId, run)
    return {
      ...indexRunView(run),
      label: definition.label,
      indicators: definition.indicators.map(({ code, label }, i) => {
        const source = sources[i]
        return {
          code,
          label,
          source: source?.kind ?? 'none',
          reason: source?.kind === 'none' ? source.reason : null,
          goalposts: goalposts.get(code) ?? null,
        }
      }),
    }
  })
}

/**
 * Computes a run's scores anew from its frozen inputs, and compares them digit for digit; today's answers play no part.
 * @throws AppError not_found; inputs_damaged when inputs or definition are not what was hashed
 */
export async function rerunIndex(services: Services, tenantId: number, id: number) {
  return services.db.withTenant(
    tenantId,
    async (trx) => {
      const run = await existingRun(trx, tenantId, id)
      const { definition, goalposts, sources, mixGroups } = await frozenRun(trx, tenantId, run)
      const inputs: RunInputs = {
        definition: { id: run.index_id, edition: run.edition, sha256: run.definition_sha256 },
        period: { from: run.from_month.slice(0, 7), to: run.to_month.slice(0, 7) },
        sources,
        mixGroups,
        units: (await readRunInputs(trx, tenantId, id)).map(inputOf),
      }
      if (inputsDigest(inputs) !== run.inputs_sha256) throw new AppError('inputs_damaged')
      const stored = new Map((await readIndexScores(trx, tenantId, id)).map((row) => [row.unit_id, row]))
      const { elements } = elementsOf(definition)
      const differences = runScores(inputs, definition, goalposts).flatMap((made) => {
        const [row, again] = [stored.get(made.unit), scoresRow(made)]
        return elements.flatMap(({ code }, at) =>
          row !== undefined &&
          sameDigits(estimateAt(row, at), estimateAt(again, at)) &&
          row.present[at] === again.present[at]
            ? []
            : [{ unit: made.unit, node: code }],
        )
      })
      return {
        id,
        same: differences.length === 0,
        scores: stored.size * elements.length,
        inputsSha256: run.inputs_sha256,
        version: { stored: run.code_version, current: SCORES_VERSION },
        differences: differences.slice(0, MAX_DIFFERENCES),
        differencesOmitted: Math.max(0, differences.length - MAX_DIFFERENCES),
      }
    },
    { isolation: 'repeatable read' },
  )
}
