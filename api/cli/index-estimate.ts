import { readAnswers } from '../core/index/estimate/answers-file.ts'
import { bootstrapEstimates, REPLICATES_MIN } from '../core/index/estimate/bootstrap-estimates.ts'
import { compositeEstimator } from '../core/index/estimate/composite.ts'
import { fromAnswers } from '../core/index/estimate/from-answers.ts'
import { readBounds, readScoringData } from '../core/index/scoring-data.ts'
import { indexTree } from '../core/index/tree.ts'
import { DataError } from '../core/table/data-error.ts'
import { replicatesInThreads } from '../node/replicates.ts'
import { type BareCommand, UsageError } from './command.ts'
import { readDataFile } from './data-file.ts'
import { loadIndex } from './index-files.ts'

/** Replicates × answered cells that are done in about a minute. */
const drawsMax = 5_000_000_000
const replicatesMax = 20_000

export const indexEstimateCommand: BareCommand = {
  words: 'index estimate',
  takes: [],
  options: {
    definition: { type: 'string' },
    answers: { type: 'string' },
    data: { type: 'string' },
    bounds: { type: 'string' },
    replicates: { type: 'string' },
    seed: { type: 'string' },
  },
  summary: 'Estimate an index from answers, every node with an interval: delta method, and a bootstrap of respondents',
  help: [
    ['--definition ID|FILE', 'an edition of `index list`, or a definition file (JSON)'],
    [
      '--answers FILE',
      'CSV, one row a person: unit,<indicator>,…; of a share 1 or 0, else the number; a ratio also <indicator>.over; ' +
        'optional columns stratum, cluster (default: every row), weight; empty = missing',
    ],
    ['--data FILE', 'hard figures, as for index score: unit,indicator,value or unit,<indicator>,…'],
    ['--bounds FILE', 'CSV: indicator,min,max, or scoring data of other periods'],
    [
      '--replicates N',
      `${REPLICATES_MIN} to ${replicatesMax}, default 1000: bootstrap of clusters within strata, the only interval of nodes over ` +
        'medians, z and ranks; 0: none',
    ],
    ['--seed N', 'start of the random numbers, default 1; the same seed gives the same digits'],
  ],
  runBare: async ({ io, values }) => {
    const { definition, sha256 } = await loadIndex(text(values['definition'], '--definition'))
    const table = await readDataFile(text(values['answers'], '--answers'))
    const file = readAnswers(table, definition)
    if (file.ignored.length > 0) io.err(`Not in the definition, ignored: ${file.ignored.slice(0, 20).join(', ')}`)
    const read = async (name: 'data' | 'bounds') =>
      typeof values[name] === 'string' ? await readDataFile(values[name]) : null
    const [data, bounds] = [await read('data'), await read('bounds')]
    const periods = data === null ? [] : readScoringData(data, definition).periods
    if (periods.length > 1)
      throw new DataError(data?.file ?? '', [{ code: 'several_periods', line: null, column: null }])
    const history = bounds === null ? undefined : readBounds(bounds, definition).bounds
    const { units, goalposts, plan } = fromAnswers(definition, file, periods[0]?.data ?? null, history)
    const replicates = whole(values['replicates'], '--replicates', 1000, replicatesMax)
    const seed = whole(values['seed'], '--seed', 1, 4_294_967_295)
    if (replicates > 0 && replicates < REPLICATES_MIN)
      throw new UsageError(`--replicates: 0, or ${REPLICATES_MIN} to ${replicatesMax}.`)
    if (replicates * file.answers.entryColumn.length > drawsMax)
      throw new DataError(table.file, [{ code: 'too_many_rows_for_bootstrap', line: null, column: null }])
    const drawn =
      replicates === 0 ? null : bootstrapEstimates(plan, units, await replicatesInThreads(plan, { seed, replicates }))
    const tree = indexTree(definition)
    const delta = compositeEstimator(definition, goalposts)
    const document = {
      definition: definition.id,
      sha256,
      replicates,
      seed,
      estimates: units.flatMap((unit, u) =>
        delta(unit).map(({ code, estimate, present, of }) => {
          const place = (tree.at.get(code) ?? 0) - tree.indicators.length
          return {
            unit: file.units[u] ?? '',
            code,
            present,
            of,
            delta: estimate,
            bootstrap: place < 0 ? null : (drawn?.[u]?.[place] ?? null),
          }
        }),
      ),
    }
    return { json: document, text: `${JSON.stringify(document)}\n` }
  },
}

function text(value: string | boolean | undefined, option: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw new UsageError(`${option} is missing. See: cli index estimate --help`)
}

function whole(value: string | boolean | undefined, option: string, otherwise: number, most: number): number {
  if (typeof value !== 'string') return otherwise
  const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN
  if (!(number <= most)) throw new UsageError(`${option}: a whole number from 0 to ${most}.`)
  return number
}
