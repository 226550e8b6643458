import type { Statistic } from '../definition.ts'

/**
 * An indicator as a column of answers. What a value is depends on the statistic: of `share` and `top2` 1 or 0 (chosen or
 * not), of `count` how much the answer counts (1 or 0), of `ratio` the amount above the line, else the answer's number;
 * `optionValues` gives them for closed items.
 */
export interface Column {
  readonly code: string
  /** Which of a dossier's two units an answer to this item judges; an item that judges both counts at the one that decides. */
  readonly rates: 'responsible' | 'receiving'
  readonly statistic: Statistic
}

/**
 * Answers of one period to the indicators of an index edition: one row a person. Most people were shown a few of the items,
 * so only what was answered is kept: entries `starts[row]` to `starts[row + 1]` are the row's columns and values.
 */
export interface Answers {
  readonly count: number
  /** The unit that decided the dossier, and the one that took it in. */
  readonly responsible: Int32Array
  readonly receiving: Int32Array
  /** Day number; people who came to one unit on one day share that day's queue and are one cluster. */
  readonly day: Int32Array
  /** Dossiers that the answer stands for, > 0. */
  readonly weight: Float64Array
  readonly columns: readonly Column[]
  readonly starts: Int32Array
  readonly entryColumn: Uint16Array
  readonly entryValue: Float64Array
  /** Of a ratio, the amount below the line; 1 for every other entry. Null when no column is a ratio. */
  readonly entryOver: Float64Array | null
}

/** Collects rows one after another into Answers. */
export class AnswersBuilder {
  private readonly columns: readonly Column[]
  private readonly responsible: number[] = []
  private readonly receiving: number[] = []
  private readonly day: number[] = []
  private readonly starts: number[] = [0]
  private readonly entryColumn: number[] = []
  private readonly entryValue: number[] = []
  private readonly entryOver: number[] = []

  constructor(columns: readonly Column[]) {
    this.columns = columns
  }

  /**
   * @param values by column; null where the person was not asked, skipped the item or could not say
   * @param over by column, for ratios: the amount below the line; a ratio without it is no answer
   */
  add(
    row: { responsible: number; receiving: number; day: number },
    values: readonly (number | null)[],
    over: readonly (number | null)[] = [],
  ): void {
    this.responsible.push(row.responsible)
    this.receiving.push(row.receiving)
    this.day.push(row.day)
    for (let column = 0; column < values.length; column += 1) {
      const value = values[column]
      const below = this.columns[column]?.statistic === 'ratio' ? over[column] : 1
      if (value === null || value === undefined || below === null || below === undefined) continue
      this.entryColumn.push(column)
      this.entryValue.push(value)
      this.entryOver.push(below)
    }
    this.starts.push(this.entryColumn.length)
  }

  /** @param weight by row; default: every answer stands for itself */
  build(weight?: Float64Array): Answers {
    const hasRatio = this.columns.some(({ statistic }) => statistic === 'ratio')
    return {
      count: this.responsible.length,
      responsible: Int32Array.from(this.responsible),
      receiving: Int32Array.from(this.receiving),
      day: Int32Array.from(this.day),
      weight: weight ?? new Float64Array(this.responsible.length).fill(1),
      columns: this.columns,
      starts: Int32Array.from(this.starts),
      entryColumn: Uint16Array.from(this.entryColumn),
      entryValue: Float64Array.from(this.entryValue),
      entryOver: hasRatio ? Float64Array.from(this.entryOver) : null,
    }
  }
}
