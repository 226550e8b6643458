/** What answers have in common: the questionnaire, the units of the dossier and its class in the register. */
export interface Place {
  /** Which stored version of the questionnaire was answered. */
  readonly instrument: number
  readonly responsible: number
  readonly receiving: number
  /** Field of the procedure (lĩnh vực). */
  readonly field: string
  readonly group: string | null
  readonly late: boolean
  readonly channel: string | null
}

/** Answers of a place: one line each, the day of the month and then the marks as a JSON object. */
export interface PlaceLines extends Place {
  readonly lines: string
}

/** What a person marked: the place of the option, or 'na', by item. */
export type MarkPattern = Readonly<Record<string, number | 'na'>>

/**
 * Answers in eight bytes each. Many people of one place mark the same, so places and patterns of marks are kept once and an
 * answer is the number (place, day, pattern). Months are sorted, so the same answers make the same book in whatever order they
 * were read, and what is computed from it has the same digits.
 */
export interface AnswerBook {
  readonly places: readonly Place[]
  readonly patterns: readonly MarkPattern[]
  /** Sorted answers by month `YYYY-MM`. */
  readonly months: ReadonlyMap<string, Float64Array>
}

const DAYS = 32
const BRACE = 123

/** Collects the answers of months into a book. */
export class AnswerBookBuilder {
  private readonly places = new Map<string, { place: Place; at: number }>()
  private readonly patterns = new Map<string, number>()
  private readonly months = new Map<string, { places: number[]; days: number[]; patterns: number[] }>()

  /** @throws RangeError for a line that is not a day and a JSON object */
  add(month: string, rows: readonly PlaceLines[]): void {
    const into = this.months.get(month) ?? { places: [], days: [], patterns: [] }
    this.months.set(month, into)
    for (const { lines, ...place } of rows) {
      const at = this.placeAt(place)
      for (let start = 0; start < lines.length;) {
        const newline = lines.indexOf('\n', start)
        const end = newline === -1 ? lines.length : newline
        const wide = lines.charCodeAt(start + 1) !== BRACE
        const day = Number(lines.slice(start, start + (wide ? 2 : 1)))
        if (!(day >= 1 && day < DAYS)) throw new RangeError('an answer begins with its day')
        into.places.push(at)
        into.days.push(day)
        into.patterns.push(this.patternAt(lines.slice(start + (wide ? 2 : 1), end)))
        start = end + 1
      }
    }
  }

  build(): AnswerBook {
    const places = [...this.places].sort(([a], [b]) => compare(a, b))
    const patterns = [...this.patterns].sort(([a], [b]) => compare(a, b))
    const newPlace = new Int32Array(places.length)
    const newPattern = new Int32Array(patterns.length)
    for (const [rank, [, { at }]] of places.entries()) newPlace[at] = rank
    for (const [rank, [, at]] of patterns.entries()) newPattern[at] = rank
    const size = Math.max(1, patterns.length)
    if (places.length * DAYS * size > Number.MAX_SAFE_INTEGER) throw new RangeError('too many kinds of answers')
    const months = new Map(
      [...this.months].map(([month, found]) => {
        const key = (k: number) =>
          (newPlace[found.places[k]!]! * DAYS + found.days[k]!) * size + newPattern[found.patterns[k]!]!
        return [month, Float64Array.from(found.places, (_, k) => key(k)).sort()]
      }),
    )
    return {
      places: places.map(([, { place }]) => place),
      patterns: patterns.map(([text]) => JSON.parse(text) as MarkPattern),
      months,
    }
  }

  private placeAt(place: Place): number {
    const { instrument, responsible, receiving, field, group, late, channel } = place
    const name = JSON.stringify([responsible, receiving, field, group, late, channel, instrument])
    const known = this.places.get(name) ?? { place, at: this.places.size }
    this.places.set(name, known)
    return known.at
  }

  private patternAt(text: string): number {
    const known = this.patterns.get(text)
    if (known !== undefined) return known
    this.patterns.set(text, this.patterns.size)
    return this.patterns.size - 1
  }
}

/** Calls `visit` for every answer of a month, in the order of the book. */
export function eachAnswer(
  book: AnswerBook,
  month: string,
  visit: (place: number, day: number, pattern: number) => void,
): void {
  const size = Math.max(1, book.patterns.length)
  for (const key of book.months.get(month) ?? []) {
    const pattern = key % size
    const rest = (key - pattern) / size
    const day = rest % DAYS
    visit((rest - day) / DAYS, day, pattern)
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
