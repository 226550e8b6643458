import { ALIKE_PARTS, ANSWER_END, VALUE_END } from '../../db/queries/export-responses.ts'
import { tellable } from '../core/disclosure/tellable.ts'
import { MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { applicantOf, DESCRIPTORS, instrumentOf, streamOf, type About } from './descriptors.ts'
import { Numbered, placesOf } from './numbered.ts'
import type { RowText } from './row-text.ts'

/** What an export of answers kept back. */
export interface KeptBack {
  /** Answers of which some description is held back. */
  generalised: number
  /** Answers that stay, because too few of their month and form are there. */
  left: number
}

/** Answers to one form by their numbers: the texts of `ALIKE_PARTS`, and of what was said as it leaves. */
interface FormAnswers {
  readonly stream: string
  readonly instrument: string
  readonly parts: readonly number[][]
  readonly said: number[]
}
const UNITS = ['don_vi', 'don_vi_tiep_nhan'].map((name) => DESCRIPTORS.findIndex(({ column }) => column === name))

/** The answers of one month, of which as much is told as enough of them share. Each is held as the numbers of its texts. */
export class MonthRows {
  readonly #forms = new Map<string, FormAnswers>()
  /** By the number of the circumstances. */
  readonly #formOf: FormAnswers[] = []
  readonly #said = new Numbered()
  readonly #alike: readonly Numbered[]
  readonly #month: string
  readonly #about: About
  readonly #text: RowText
  count = 0

  /** @param alike texts of `ALIKE_PARTS`, which months share */
  constructor(month: string, about: About, text: RowText, alike: readonly Numbered[]) {
    this.#month = month
    this.#about = about
    this.#text = text
    this.#alike = alike
  }

  /** Takes answers that said the same. @param line of `answerRows`, as COPY writes it */
  add(line: string): void {
    const tab = line.indexOf('\t', 2)
    const said = this.#said.of(this.#text.said(line.slice(0, tab)))
    for (let from = tab + 1; from <= line.length;) {
      const end = line.indexOf(ANSWER_END, from)
      const to = end === -1 ? line.length : end
      this.#addOne(line.slice(from, to), said)
      from = to + 1
    }
  }

  #addOne(answer: string, said: number): void {
    let from = 0
    const numbers = this.#alike.map((texts, part) => {
      // the last part goes to the end, whatever it holds
      const end = part === ALIKE_PARTS.length - 1 ? answer.length : answer.indexOf(VALUE_END, from)
      const text = answer.slice(from, end)
      from = end + 1
      return texts.of(text)
    })
    const circumstances = numbers.at(-1) ?? 0
    const form = (this.#formOf[circumstances] ??= this.#formWith(circumstances))
    for (const [part, number] of numbers.entries()) form.parts[part]?.push(number)
    form.said.push(said)
    this.count += 1
  }

  /** Answers of another stream or form are told apart by their items, so they cannot hide one another. */
  #formWith(number: number): FormAnswers {
    const circumstances = this.#alike.at(-1)?.texts[number] ?? ''
    const [stream, instrument] = [streamOf(circumstances), instrumentOf(circumstances)]
    const key = `${stream} ${instrument} ${applicantOf(circumstances) === 'citizen'}`
    const form = this.#forms.get(key) ?? { stream, instrument, parts: ALIKE_PARTS.map(() => []), said: [] }
    this.#forms.set(key, form)
    return form
  }

  /** Lines that leave. Their order is that of what they show, so it tells nothing of when they came or what is held back. */
  *shown(kept: KeptBack): Generator<string> {
    const said = this.#said.texts.toSorted()
    for (const [head, places] of [...this.#saidByHead(kept)].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      for (const place of Int32Array.from(places).sort()) yield `${head}${said[place]}\n`
  }

  /** What is said below each beginning of a line that leaves: its place among all that is said this month, for every line. */
  #saidByHead(kept: KeptBack): Map<string, number[]> {
    const byHead = new Map<string, number[]>()
    const saidPlaces = placesOf(this.#said.texts)
    const described = DESCRIPTORS.map(({ part, of }) => {
      const values = this.#alike[part]?.texts.map((text) => of(text, this.#about)) ?? []
      return { part, values, places: placesOf(values) }
    })
    for (const { stream, instrument, parts, said } of this.#forms.values()) {
      const placeOf = described.map(({ part, places }) => {
        const numbers = parts[part] ?? []
        return (row: number): number => places[numbers[row] ?? 0] ?? 0
      })
      const told = tellable([...said.keys()], placeOf, MIN_SHOW)
      if (told.length === 0) kept.left += said.length
      for (const { told: depth, rows } of told) {
        // as far as they are told, all of them have the values of the first
        const values = described.map((one) => one.values[parts[one.part]?.[rows[0] ?? 0] ?? 0] ?? '')
        if (!this.#concerns(values, depth)) continue
        if (depth < DESCRIPTORS.length) kept.generalised += rows.length
        const head = this.#text.head(this.#month, { stream, instrument, values }, depth)
        const below = byHead.get(head) ?? []
        for (const row of rows) below.push(saidPlaces[said[row] ?? 0] ?? 0)
        byHead.set(head, below)
      }
    }
    return byHead
  }

  /** Whether an answer is told to be about one of the units: the one that decides, or the one that took the dossier in. */
  #concerns(values: readonly string[], depth: number): boolean {
    const { units } = this.#text.look
    return units === null || UNITS.some((at) => depth > at && units.has(values[at] ?? ''))
  }
}
