import { eachAnswer, type AnswerBook, type MarkPattern } from './answer-book.ts'
import type { RunColumn } from './columns.ts'

/** Plain sums over one unit's answers of a period, by column. They add up over units. */
export interface UnitSums {
  /** Answers by option place and then "không nhớ / không áp dụng", column after column (`countSlots`). */
  readonly counts: Int32Array
  /** Answers, dossiers they stand for, and these times the value, by column × field of procedures. */
  readonly n: Int32Array
  readonly weight: Float64Array
  readonly total: Float64Array
}

/** The sums of all units of a period, by the place of the unit. */
export interface PeriodSums {
  /** Each answer at the unit that its item judges. */
  readonly main: readonly (UnitSums | undefined)[]
  /** Each answer at the other unit of its dossier, where there are two. */
  readonly other: readonly (UnitSums | undefined)[]
  /** Valid answers by column between two units of a dossier. */
  readonly flows: readonly Flow[]
  readonly fields: readonly string[]
}

/** Answers to each column about dossiers that one unit decides and another took in. */
export interface Flow {
  readonly responsible: number
  readonly receiving: number
  readonly n: Int32Array
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
  const { starts, size } = countSlots(columns)
  const fieldAt = new Map(fields.map((field, at) => [field, at]))
  const cells = columns.length * fields.length
  const main: (UnitSums | undefined)[] = Array.from({ length: units.size })
  const other: (UnitSums | undefined)[] = Array.from({ length: units.size })
  const flows = new Map<number, Flow>()
  const marksOf = markReader(columns)
  const at = book.places.map((place) => {
    const responsible = units.get(place.responsible)!
    const receiving = units.get(place.receiving)!
    return { responsible, receiving, field: fieldAt.get(place.field)! }
  })
  for (const month of months)
    eachAnswer(book, month, (place, _day, pattern) => {
      const { instrument, group } = book.places[place]!
      const { responsible, receiving, field } = at[place]!
      const weight = weightOf(place)
      const flow = responsible === receiving ? null : flowOf(flows, responsible, receiving, units.size, columns.length)
      for (const { column, mark, options } of marksOf(book.patterns[pattern]!, group)) {
        const { rates, values } = columns[column]!
        const value = mark === 'na' ? undefined : values.get(instrument)?.[mark]
        const slot = starts[column]! + (mark === 'na' ? options : mark)
        const cell = column * fields.length + field
        const judged = rates === 'receiving' ? receiving : responsible
        add((main[judged] ??= emptySums(size, cells)), slot, cell, weight, value)
        if (flow === null) continue
        const beside = rates === 'receiving' ? responsible : receiving
        add((other[beside] ??= emptySums(size, cells)), slot, cell, weight, value)
        if (value !== undefined) flow.n[column]! += 1
      }
    })
  return { main, other, flows: [...flows.values()], fields }
}

/**
 * The sums of a scope; null where nobody answered.
 * @param members its units by their places
 * @param widened 1 at columns that also count what was said of the other unit of a dossier
 */
export function scopeSums(
  { main, other, fields }: PeriodSums,
  members: readonly number[],
  widened: Uint8Array | undefined,
): UnitSums | null {
  const whole = added(members.map((member) => main[member]))
  const [only] = members
  const beside = widened === undefined || only === undefined ? undefined : other[only]
  if (widened === undefined || beside === undefined) return whole
  const cells = beside.n.length
  const sum = added([whole ?? undefined, emptySums(beside.counts.length, cells)])!
  for (let cell = 0; cell < cells; cell += 1) {
    if (widened[Math.floor(cell / fields.length)] !== 1) continue
    sum.n[cell]! += beside.n[cell]!
    sum.weight[cell]! += beside.weight[cell]!
    sum.total[cell]! += beside.total[cell]!
  }
  return sum
}

function added(parts: readonly (UnitSums | undefined)[]): UnitSums | null {
  const found = parts.filter((part) => part !== undefined)
  const [first] = found
  if (first === undefined) return null
  if (found.length === 1) return first
  const whole = emptySums(first.counts.length, first.n.length)
  for (const part of found) {
    for (const [k, count] of part.counts.entries()) whole.counts[k]! += count
    for (const [k, n] of part.n.entries()) whole.n[k]! += n
    for (const [k, weight] of part.weight.entries()) whole.weight[k]! += weight
    for (const [k, total] of part.total.entries()) whole.total[k]! += total
  }
  return whole
}

/** Valid answers to a column. */
export function answersIn(sums: UnitSums | undefined, column: number, fields: number): number {
  let n = 0
  for (let field = 0; field < fields; field += 1) n += sums?.n[column * fields + field] ?? 0
  return n
}

function flowOf(
  flows: Map<number, Flow>,
  responsible: number,
  receiving: number,
  units: number,
  columns: number,
): Flow {
  const key = responsible * units + receiving
  const flow = flows.get(key) ?? { responsible, receiving, n: new Int32Array(columns) }
  flows.set(key, flow)
  return flow
}

function add(sums: UnitSums, slot: number, cell: number, weight: number, value: number | undefined): void {
  sums.counts[slot]! += 1
  if (value === undefined) return
  sums.n[cell]! += 1
  sums.weight[cell]! += weight
  sums.total[cell]! += weight * value
}

function emptySums(counts: number, cells: number): UnitSums {
  return {
    counts: new Int32Array(counts),
    n: new Int32Array(cells),
    weight: new Float64Array(cells),
    total: new Float64Array(cells),
  }
}

interface Mark {
  readonly column: number
  readonly mark: number | 'na'
  readonly options: number
}

/** Marks of a pattern that columns count, looked up once for each group of procedures. */
function markReader(columns: readonly RunColumn[]) {
  const known = new Map<string | null, Map<MarkPattern, readonly Mark[]>>()
  return (pattern: MarkPattern, group: string | null): readonly Mark[] => {
    const of = known.get(group) ?? new Map<MarkPattern, readonly Mark[]>()
    known.set(group, of)
    const found = of.get(pattern) ?? marksIn(pattern, columns, group)
    of.set(pattern, found)
    return found
  }
}

function marksIn(pattern: MarkPattern, columns: readonly RunColumn[], group: string | null): Mark[] {
  return columns.flatMap(({ source, procedures }, column) => {
    const mark = pattern[source.item]
    if (mark === undefined || (procedures !== null && procedures !== group)) return []
    if (mark !== 'na' && mark >= source.options.length) return []
    return [{ column, mark, options: source.options.length }]
  })
}
