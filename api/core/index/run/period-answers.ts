import type { Answers } from '../estimate/answers.ts'
import { eachAnswer, type AnswerBook, type MarkPattern } from './answer-book.ts'
import type { RunColumn } from './columns.ts'

/** What one pattern of marks says: columns and their values, side by side. */
interface Entries {
  readonly columns: readonly number[]
  readonly values: readonly number[]
}

/**
 * The answers of some months as columns, in the order of the book.
 * @param units place of each unit among all, by id
 * @param weightOf dossiers that an answer of a place stands for
 */
export function periodAnswers(
  book: AnswerBook,
  months: readonly string[],
  columns: readonly RunColumn[],
  units: ReadonlyMap<number, number>,
  weightOf: (place: number) => number,
): Answers {
  const entriesOf = entryReader(book, columns)
  let count = 0
  let entries = 0
  for (const month of months)
    eachAnswer(book, month, (place, _day, pattern) => {
      count += 1
      entries += entriesOf(place, pattern).columns.length
    })
  const responsible = new Int32Array(count)
  const receiving = new Int32Array(count)
  const days = new Int32Array(count)
  const weight = new Float64Array(count)
  const starts = new Int32Array(count + 1)
  const entryColumn = new Uint16Array(entries)
  const entryValue = new Float64Array(entries)
  const unitOf = (id: number) => {
    const at = units.get(id)
    if (at === undefined) throw new RangeError('an answer is about a unit that is not there')
    return at
  }
  let row = 0
  let at = 0
  for (const [m, month] of months.entries())
    eachAnswer(book, month, (place, day, pattern) => {
      const where = book.places[place]!
      responsible[row] = unitOf(where.responsible)
      receiving[row] = unitOf(where.receiving)
      days[row] = m * 32 + day
      weight[row] = weightOf(place)
      const found = entriesOf(place, pattern)
      for (let e = 0; e < found.columns.length; e += 1) {
        entryColumn[at] = found.columns[e]!
        entryValue[at] = found.values[e]!
        at += 1
      }
      row += 1
      starts[row] = at
    })
  return { count, responsible, receiving, day: days, weight, columns, starts, entryColumn, entryValue, entryOver: null }
}

/** Reads each pattern once for every questionnaire and group of procedures that it is met with. */
function entryReader(book: AnswerBook, columns: readonly RunColumn[]) {
  const kinds = new Map<string, number>()
  const kindOf = book.places.map(({ instrument, group }) => {
    const name = `${instrument} ${group ?? ''}`
    if (!kinds.has(name)) kinds.set(name, kinds.size)
    return kinds.get(name)!
  })
  const read: Entries[][] = Array.from({ length: kinds.size }, () => [])
  return (place: number, pattern: number): Entries => {
    const known = read[kindOf[place]!]!
    const { instrument, group } = book.places[place]!
    return (known[pattern] ??= entriesIn(book.patterns[pattern]!, columns, instrument, group))
  }
}

function entriesIn(
  marks: MarkPattern,
  columns: readonly RunColumn[],
  instrument: number,
  group: string | null,
): Entries {
  const found = { columns: [] as number[], values: [] as number[] }
  for (const [at, { source, procedures, values }] of columns.entries()) {
    const mark = marks[source.item]
    if (typeof mark !== 'number' || (procedures !== null && procedures !== group)) continue
    const value = values.get(instrument)?.[mark]
    if (value === undefined) continue
    found.columns.push(at)
    found.values.push(value)
  }
  return found
}
