import { DataError, type DataFault } from '../../table/data-error.ts'
import { completeNumbers, numbers, type Table, texts } from '../../table/table.ts'
import { type IndexDefinition, rawRange } from '../definition.ts'
import { type Answers, AnswersBuilder } from './answers.ts'
import { statisticOf } from './reach.ts'

/** Answers of a file, one row a person; strata of a unit are the scopes of `Answers`. */
export interface AnswersFile {
  readonly units: readonly string[]
  readonly answers: Answers
  /** By unit, 1 at the ids of its strata. */
  readonly scopes: readonly Uint8Array[]
  /** By code, its column. */
  readonly columnOf: ReadonlyMap<string, number>
  /** Columns that the definition does not have. */
  readonly ignored: readonly string[]
}

/**
 * Reads answers to the sampled indicators of a definition: `unit`, optionally `stratum`, `cluster` and `weight`, and a column by
 * the code of each indicator (of a ratio also `CODE.over`). A cell is what one person's answer counts: 1 or 0 of a share, else
 * the number itself; empty is missing. Without `cluster` every row is one.
 * @throws DataError `missing_column` `missing_value` `no_known_indicator` `outside_range` `not_positive` and those of numbers
 */
export function readAnswers(table: Table, definition: IndexDefinition): AnswersFile {
  const sampled = definition.indicators.filter(
    (indicator) => statisticOf(indicator) !== null && table.columns.includes(indicator.code),
  )
  if (sampled.length === 0) throw new DataError(table.file, [{ code: 'no_known_indicator', line: 1, column: null }])
  const faults: DataFault[] = []
  const refuse = (code: string, row: number, column: string) =>
    faults.push({ code, line: table.rows[row]!.line, column })
  const complete = (column: string) => {
    const cells = texts(table, column)
    cells.forEach((cell, row) => cell === null && refuse('missing_value', row, column))
    return cells.map((cell) => cell ?? '')
  }
  const has = (column: string) => table.columns.includes(column)
  const unit = complete('unit')
  const stratum = has('stratum') ? complete('stratum') : null
  const cluster = has('cluster') ? complete('cluster') : null
  const weights = has('weight') ? completeNumbers(table, 'weight') : null
  weights?.forEach((weight, row) => weight > 0 || refuse('not_positive', row, 'weight'))
  const values = sampled.map((indicator) => {
    const column = numbers(table, indicator.code)
    const isShare = ['share', 'top2'].includes(statisticOf(indicator)!)
    const range = statisticOf(indicator) === 'ratio' ? null : rawRange(indicator)
    column.forEach((value, row) => {
      if (value === null) return
      const fits = isShare ? value === 0 || value === 1 : range === null || (value >= range[0] && value <= range[1])
      if (!fits) refuse('outside_range', row, indicator.code)
    })
    return column
  })
  const overs = sampled.map((indicator) =>
    statisticOf(indicator) === 'ratio' ? numbers(table, `${indicator.code}.over`) : null,
  )
  overs.forEach((column, i) =>
    column?.forEach(
      (value, row) => value === null || value > 0 || refuse('not_positive', row, `${sampled[i]!.code}.over`),
    ),
  )
  if (faults.length > 0) throw new DataError(table.file, faults)

  const columns = sampled.map((indicator) => ({
    code: indicator.code,
    rates: 'responsible' as const,
    statistic: statisticOf(indicator)!,
  }))
  const builder = new AnswersBuilder(columns)
  const [units, strata, clusters] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const numberOf = (known: Map<string, number>, key: string) => {
    if (!known.has(key)) known.set(key, known.size)
    return known.get(key)!
  }
  const unitOf: number[] = []
  for (const row of table.rows.keys()) {
    const scope = numberOf(strata, JSON.stringify([unit[row], stratum?.[row] ?? '']))
    unitOf[scope] = numberOf(units, unit[row]!)
    const day = cluster === null ? row : numberOf(clusters, cluster[row]!)
    builder.add(
      { responsible: scope, receiving: scope, day },
      values.map((column) => column[row]!),
      overs.map((column) => column?.[row] ?? null),
    )
  }
  const known = new Set([
    'unit',
    'stratum',
    'cluster',
    'weight',
    ...columns.flatMap(({ code }) => [code, `${code}.over`]),
  ])
  return {
    units: [...units.keys()],
    answers: builder.build(weights === null ? undefined : Float64Array.from(weights)),
    scopes: [...units.values()].map((own) => Uint8Array.from(unitOf, (one) => Number(one === own))),
    columnOf: new Map(columns.map(({ code }, i) => [code, i])),
    ignored: table.columns.filter((column) => !known.has(column)),
  }
}
