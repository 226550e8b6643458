import type { CaseCell } from './response-classes.ts'

/** Cases of one cell, before it is known which of the answers count. */
export interface CellCounts {
  readonly stratum: string
  readonly psu: string
  /** Values of the book's attributes, in their order. */
  readonly values: readonly string[]
  readonly design: number
  readonly complete: number
  readonly silent: number
  readonly unknown: number
  readonly ineligible: number
}

/** Finds the cell of an answer, and counts answers into cells. */
export class CellBook {
  private readonly attributes: readonly string[]
  private readonly cells: readonly CellCounts[]
  private readonly places: ReadonlyMap<string, number>

  /** @param attributes of the frame that weights are made of */
  constructor(attributes: readonly string[], cells: readonly CellCounts[]) {
    this.attributes = attributes
    this.cells = cells
    this.places = new Map(cells.map(({ stratum, psu, values }, at) => [nameOf(stratum, psu, values), at]))
  }

  /** Place of an answer's cell; undefined where no case is like it. */
  placeOf(stratum: string, psu: string, attributes: Readonly<Record<string, string>>): number | undefined {
    const values = this.attributes.map((attribute) => attributes[attribute] ?? '')
    return this.places.get(nameOf(stratum, psu, values))
  }

  /** The same for an answer whose values were read in the order of the attributes. */
  placeOfValues({ stratum, psu, values }: Pick<CellCounts, 'stratum' | 'psu' | 'values'>): number | undefined {
    return this.places.get(nameOf(stratum, psu, values))
  }

  /**
   * Cells with the answers that count; complete cases whose answers do not count are of the population and silent.
   * @param counting answers, or how many (`n`) are alike
   */
  count(counting: Iterable<Pick<CellCounts, 'stratum' | 'psu' | 'values'> & { readonly n?: number }>): CaseCell[] {
    const answers = new Int32Array(this.cells.length)
    for (const answer of counting) {
      const place = this.placeOfValues(answer)
      if (place !== undefined) answers[place]! += answer.n ?? 1
    }
    return this.cells.map(({ stratum, psu, values, design, complete, silent, unknown, ineligible }, at) => ({
      stratum,
      psu,
      attributes: Object.fromEntries(this.attributes.map((attribute, i) => [attribute, values[i] ?? ''])),
      design,
      answers: answers[at]!,
      silent: silent + Math.max(0, complete - answers[at]!),
      unknown,
      ineligible,
    }))
  }
}

function nameOf(stratum: string, psu: string, values: readonly string[]): string {
  return JSON.stringify([stratum, psu, ...values])
}
