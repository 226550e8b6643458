import { eachAnswer, type AnswerBook, type MarkPattern } from './answer-book.ts'
import type { RunColumn } from './columns.ts'

/**
 * Sums over the answers of a period by place, from which those of every unit and total are put together. A place has one field of
 * procedures and one weight, so nothing else needs to be kept apart.
 */
export interface PeriodSums {
  readonly places: readonly PlaceOf[]
  readonly fields: readonly string[]
  readonly columns: number
  /** Valid answers and the sum of their values, by place × column. */
  readonly n: Int32Array
  readonly values: Float64Array
  /** Answers by option and then "không nhớ / không áp dụng", by place × slot (`countSlots`). */
  readonly counts: Int32Array
  readonly slots: number
}

/** A place with its units by their places among all, its field by number, and what its answers stand for. */
export interface PlaceOf {
  readonly responsible: number
  readonly receiving: number
  readonly field: number
  readonly weight: number
}

/** Sums over the answers of one scope. */
export interface UnitSums {
  readonly counts: Int32Array
  /** By column the fields with answers: how many, the dossiers they stand for, and these times the value. */
  readonly cells: readonly (readonly FieldCell[])[]
}
export interface FieldCell {
  readonly field: number
  readonly n: number
  readonly weight: number
  readonly total: number
}

/** First count of each column in `UnitSums.counts`, and their number in all. */
export function countSlots(columns: readonly RunColumn[]): { starts: number[]; size: number } {
  let size = 0
  const starts = columns.map(({ source }) => {
    const start = size
    size += source.options.length + 1
    return start
  })
  return { starts, size }
}

/** Sums the answers of some months. @param units place of each unit, by id */
export function periodSums(
  book: AnswerBook,
  months: readonly string[],
  columns: readonly RunColumn[],
  units: ReadonlyMap<number, number>,
  weightOf: (place: number) => number,
): PeriodSums {
  const fields = [...new Set(book.places.map(({ field }) => field))].sort()
  const fieldAt = new Map(fields.map((field, at) => [field, at]))
  const places = book.places.map(({ responsible, receiving, field }, at) => ({
    responsible: units.get(responsible)!,
    receiving: units.get(receiving)!,
    field: fieldAt.get(field)!,
    weight: weightOf(at),
  }))
  const { starts, size: slots } = countSlots(columns)
  const width = columns.length
  const n = new Int32Array(places.length * width)
  const values = new Float64Array(places.length * width)
  const counts = new Int32Array(places.length * slots)
  const marksOf = markReader(columns, starts)
  for (const month of months)
    eachAnswer(book, month, (place, _day, pattern) => {
      const { instrument, group } = book.places[place]!
      for (const { column, slot, value } of marksOf(book.patterns[pattern]!, pattern, instrument, group)) {
        counts[place * slots + slot]! += 1
        if (Number.isNaN(value)) continue
        n[place * width + column]! += 1
        values[place * width + column]! += value
      }
    })
  return { places, fields, columns: width, n, values, counts, slots }
}

/**
 * The sums of one scope; null where nobody answered. A column counts the answers that judge a unit of the scope, a widened one
 * all about its dossiers; counts by option are only of those that judge it.
 * @param inScope 1 at the scope's units
 * @param within places of the scope's dossiers
 * @param widened 1 at columns that count whichever unit they judge
 */
export function scopeSums(
  { places, columns: width, n, values, counts, slots }: PeriodSums,
  columns: readonly RunColumn[],
  inScope: Uint8Array,
  within: readonly number[],
  widened: Uint8Array | undefined,
): UnitSums | null {
  const sum = new Int32Array(slots)
  const cells: Map<number, { field: number; n: number; weight: number; total: number }>[] = columns.map(() => new Map())
  const { starts } = countSlots(columns)
  let some = false
  for (const place of within) {
    const { responsible, receiving, field, weight } = places[place]!
    for (let column = 0; column < width; column += 1) {
      const judges = inScope[columns[column]!.rates === 'receiving' ? receiving : responsible] === 1
      if (!judges && widened?.[column] !== 1) continue
      if (judges) {
        const end = starts[column + 1] ?? slots
        for (let slot = starts[column]!; slot < end; slot += 1) sum[slot]! += counts[place * slots + slot]!
      }
      const answers = n[place * width + column]!
      if (answers === 0) continue
      some = true
      const known = cells[column]!.get(field)
      const cell = known ?? { field, n: 0, weight: 0, total: 0 }
      if (known === undefined) cells[column]!.set(field, cell)
      cell.n += answers
      cell.weight += answers * weight
      cell.total += values[place * width + column]! * weight
    }
  }
  if (!some && sum.every((count) => count === 0)) return null
  return { counts: sum, cells: cells.map((of) => [...of.values()].sort((a, b) => a.field - b.field)) }
}

interface Mark {
  readonly column: number
  readonly slot: number
  /** NaN for "không nhớ" and for an option without a value. */
  readonly value: number
}

/** Marks of a pattern that columns count, looked up once for each questionnaire and group of procedures. */
function markReader(columns: readonly RunColumn[], starts: readonly number[]) {
  const known = new Map<string, Mark[][]>()
  return (pattern: MarkPattern, at: number, instrument: number, group: string | null): readonly Mark[] => {
    const kind = `${instrument} ${group ?? ''}`
    const of = known.get(kind) ?? []
    known.set(kind, of)
    return (of[at] ??= marksIn(pattern, columns, starts, instrument, group))
  }
}

function marksIn(
  pattern: MarkPattern,
  columns: readonly RunColumn[],
  starts: readonly number[],
  instrument: number,
  group: string | null,
): Mark[] {
  return columns.flatMap(({ source, procedures, values }, column) => {
    const mark = pattern[source.item]
    if (mark === undefined || (procedures !== null && procedures !== group)) return []
    const options = source.options.length
    if (mark !== 'na' && mark >= options) return []
    const value = mark === 'na' ? NaN : (values.get(instrument)?.[mark] ?? NaN)
    return [{ column, slot: starts[column]! + (mark === 'na' ? options : mark), value }]
  })
}
