import { findItem, type Instrument } from '../../instrument/definition.ts'
import type { IndexDefinition } from '../definition.ts'
import type { Column } from '../estimate/answers.ts'
import { optionValues } from '../estimate/option-values.ts'
import { columnName, runSources, type AnswerSource, type ProcedureGroup, type RunSource } from './sources.ts'

/** A column of answers as all editions of a night share it. */
export interface RunColumn extends Column {
  readonly source: AnswerSource
  readonly procedures: ProcedureGroup | null
  /** Value by option place, for each stored version of the questionnaire that has the item. */
  readonly values: ReadonlyMap<number, readonly number[]>
}

/** One stored version of a questionnaire. */
export interface StoredInstrument {
  readonly id: number
  readonly definition: Instrument
}

/** An edition's indicators with their sources, and the place of each among the shared columns. */
export interface EditionColumns {
  readonly sources: readonly RunSource[]
  /** By the indicator's code; without those that no answers give. */
  readonly columnOf: ReadonlyMap<string, number>
}

/**
 * The columns that several editions need, each once, so that one pass over the answers serves all.
 * @param instruments every stored version of the rating questionnaire, the current one last
 */
export function sharedColumns(
  definitions: readonly IndexDefinition[],
  instruments: readonly StoredInstrument[],
): { columns: RunColumn[]; editions: EditionColumns[] } {
  const current = instruments.at(-1)
  if (current === undefined) throw new RangeError('sharedColumns requires a questionnaire')
  const columns: RunColumn[] = []
  const placeOf = new Map<string, number>()
  const editions = definitions.map((definition): EditionColumns => {
    const sources = runSources(definition, current.definition)
    const columnOf = new Map<string, number>()
    for (const [i, source] of sources.entries()) {
      if (source.kind !== 'item') continue
      const name = columnName(source)
      const place = placeOf.get(name) ?? columns.length
      if (place === columns.length) {
        placeOf.set(name, place)
        columns.push(toColumn(name, source, definition.indicators[i]!.from as FromItem, instruments))
      }
      columnOf.set(definition.indicators[i]!.code, place)
    }
    return { sources, columnOf }
  })
  return { columns, editions }
}

type FromItem = Parameters<typeof optionValues>[1]

function toColumn(
  code: string,
  source: AnswerSource,
  from: FromItem,
  instruments: readonly StoredInstrument[],
): RunColumn {
  const values = instruments.flatMap(({ id, definition }) => {
    const item = findItem(definition, source.item)
    return item === undefined ? [] : [[id, optionValues(item.options, from)] as const]
  })
  const { rates, statistic, procedures } = source
  return { code, rates, statistic, source, procedures, values: new Map(values) }
}
