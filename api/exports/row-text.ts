import { copiedText } from '../../db/backup/copy-lines.ts'
import { kept } from '../core/kept.ts'
import { csvText, type CsvLook } from './csv.ts'
import { DESCRIPTORS } from './descriptors.ts'

/** What a row shows beside its descriptors, and how. */
export interface RowLook {
  /** Items in order. */
  readonly items: readonly string[]
  /** Name of each instrument by its id. */
  readonly forms: ReadonlyMap<string, string>
  /** Words to show in place of codes, by column. */
  readonly words: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Only answers that are told to be about these units (ids); null: all. */
  readonly units: ReadonlySet<string> | null
  readonly separator: CsvLook['separator']
}
const HELD_BACK = '*'
/** Answers whose cells are kept: many people say the same. */
const SAID_KEPT = 5000

/** Makes the text of rows; that of each code once. */
export class RowText {
  readonly look: RowLook
  readonly #places: ReadonlyMap<string, number>
  readonly #empty: readonly string[]
  readonly #said = kept(SAID_KEPT, (line: string) => this.#cellsOf(line))
  readonly #cells = new Map<string, Map<string, string>>()

  constructor(look: RowLook) {
    this.look = look
    this.#places = new Map(look.items.map((item, i) => [item, i + 1]))
    this.#empty = ['', ...look.items.map(() => '')]
  }

  /** The first cells, with a separator at the end. @param depth how many of the descriptors' values are told */
  head(month: string, about: { stream: string; instrument: string; values: readonly string[] }, depth: number): string {
    const cells = [month, this.#cell('nguon', about.stream), csvText(this.look.forms.get(about.instrument) ?? '')]
    for (const [i, { column }] of DESCRIPTORS.entries())
      cells.push(i < depth ? this.#cell(column, about.values[i] ?? '') : HELD_BACK)
    cells.push('')
    return cells.join(this.look.separator)
  }

  /** The last cells: what was said. @param line as COPY writes completeness and answers: `t` or `f`, a tab, JSON */
  said(line: string): string {
    return this.#said(line)
  }

  #cellsOf(line: string): string {
    const cells = this.#empty.slice()
    cells[0] = line.slice(0, 1)
    const given = JSON.parse(copiedText(line.slice(2))) as Record<string, unknown>
    for (const item in given) {
      const [place, value] = [this.#places.get(item), given[item]]
      if (place !== undefined) cells[place] = this.#cell(item, typeof value === 'string' ? value : 'na')
    }
    // joined and not added up: that would keep every part in memory
    return cells.join(this.look.separator)
  }

  #cell(column: string, code: string): string {
    let known = this.#cells.get(column)
    if (known === undefined) this.#cells.set(column, (known = new Map()))
    let cell = known.get(code)
    if (cell === undefined) known.set(code, (cell = csvText(this.look.words.get(column)?.get(code) ?? code)))
    return cell
  }
}
