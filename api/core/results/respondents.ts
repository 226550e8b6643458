import { answerKeys, type AskedSection } from '../questionnaire/asked.ts'
import { cellOf, codebook, type CodebookEntry, type Missing } from '../questionnaire/codebook.ts'
import type { Questionnaire, SurveyAnswers } from '../questionnaire/definition.ts'

/** What stands in a cell of a column: a value, or why there is none. `elsewhere`: the row is of another part that repeats. */
export const CELL = { value: 0, dont_know: 1, skipped: 2, not_asked: 3, elsewhere: 4 } as const satisfies Record<
  Missing | 'value' | 'elsewhere',
  number
>

/**
 * One column of the codebook over all rows: `state` as `CELL`; `value` the place of the option of a choice, 1 or 0 of a mark, else the
 * number; 0 for days and units, of which only the state is used.
 */
export interface SurveyColumn {
  readonly entry: CodebookEntry
  readonly state: Uint8Array
  readonly value: Float64Array
}

/**
 * Complete answers of a campaign as columns: some bytes for each cell instead of an object for each answer. Rows are respondents, and
 * for parts that repeat one row for each respondent and unit that was rated.
 */
export interface Respondents {
  readonly count: number
  /** Place of the respondent of each rated row, ascending; the unit that was rated. */
  readonly ratedBy: Int32Array
  readonly ratedUnit: Int32Array
  /** Commune by the frame; 0: none. */
  readonly unit: Int32Array
  readonly form: readonly (string | null)[]
  /** By name of the codebook; columns of parts that repeat are over rated rows. */
  readonly columns: ReadonlyMap<string, SurveyColumn>
}

/** Collects answers one after another into columns. */
export class RespondentsBuilder {
  private readonly columns: {
    entry: CodebookEntry
    places: ReadonlyMap<string, number>
    state: number[]
    value: number[]
  }[]
  private readonly ratedBy: number[] = []
  private readonly ratedUnit: number[] = []
  private readonly unit: number[] = []
  private readonly form: (string | null)[] = []

  constructor(questionnaire: Questionnaire) {
    this.columns = codebook(questionnaire).map((entry) => ({
      entry,
      places: new Map(entry.values.map(({ code }, place) => [code, place])),
      state: [],
      value: [],
    }))
  }

  /** @param pages what was put to this respondent, by all that was said (`askedSections`) */
  add(
    pages: readonly AskedSection[],
    answers: SurveyAnswers,
    about: { unit: number | null; form: string | null },
  ): void {
    const respondent = this.unit.length
    this.unit.push(about.unit ?? 0)
    this.form.push(about.form)
    const asked = new Set(answerKeys(pages))
    this.addRow(null, answers, asked, null)
    const rated = new Map(pages.flatMap(({ section, unit }) => (unit === null ? [] : [[unit, section.repeat ?? '']])))
    for (const [unit, repeat] of rated) {
      this.ratedBy.push(respondent)
      this.ratedUnit.push(Number(unit))
      this.addRow(repeat, answers, asked, unit)
    }
  }

  build(): Respondents {
    return {
      count: this.unit.length,
      ratedBy: Int32Array.from(this.ratedBy),
      ratedUnit: Int32Array.from(this.ratedUnit),
      unit: Int32Array.from(this.unit),
      form: this.form,
      columns: new Map(
        this.columns.map(({ entry, state, value }) => [
          entry.name,
          { entry, state: Uint8Array.from(state), value: Float64Array.from(value) },
        ]),
      ),
    }
  }

  private addRow(repeat: string | null, answers: SurveyAnswers, asked: ReadonlySet<string>, unit: string | null): void {
    for (const { entry, places, state, value } of this.columns) {
      if ((entry.repeat === null) !== (repeat === null)) continue
      if (entry.repeat !== repeat) {
        state.push(CELL.elsewhere)
        value.push(0)
        continue
      }
      const cell = cellOf(entry, answers, asked, unit)
      if (typeof cell === 'object') {
        state.push(CELL[cell.missing])
        value.push(0)
        continue
      }
      const number = entry.kind === 'choice' ? places.get(String(cell)) : numberOf(cell)
      // an option that the questionnaire no longer has cannot be: a published version never changes
      state.push(number === undefined ? CELL.skipped : CELL.value)
      value.push(number ?? 0)
    }
  }
}

const numberOf = (value: string | number) => (typeof value === 'number' ? value : 0)
