import { tellable } from '../core/disclosure/tellable.ts'
import { MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { csvText, type CsvLook } from './csv.ts'
import { applicantOf, DESCRIPTORS, instrumentOf, streamOf, type About, type AlikeValues } from './descriptors.ts'

/** What an export of answers kept back. */
export interface KeptBack {
  /** Answers of which some description is held back. */
  generalised: number
  /** Answers that stay, because too few of their month and form are there. */
  left: number
}

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

/** Answers that are alike in everything that describes them. */
interface Alike {
  readonly form: string
  /** Values of the descriptors. */
  readonly values: readonly string[]
  /** First cells of their line. */
  readonly begin: readonly string[]
  /** What each of them said, as it leaves. */
  readonly said: string[]
  n: number
}
const HELD_BACK = '*'
const UNITS = ['don_vi', 'don_vi_tiep_nhan'].map((name) => DESCRIPTORS.findIndex(({ column }) => column === name))

/** The answers of one month, of which as much is told as enough of them share. */
export class MonthRows {
  readonly #groups = new Map<string, Alike>()
  readonly #month: string
  readonly #about: About
  readonly #look: RowLook
  count = 0

  constructor(month: string, about: About, look: RowLook) {
    this.#month = month
    this.#about = about
    this.#look = look
  }

  /** @param alike values of `ALIKE_COLUMNS` between tabs; @param answers JSON */
  add(alike: string, complete: boolean, answers: string): void {
    this.count += 1
    let group = this.#groups.get(alike)
    if (group === undefined) this.#groups.set(alike, (group = this.#describe(alike.split('\t'))))
    group.n += 1
    group.said.push(this.#said(complete, answers))
  }

  /** Lines that leave. Their order is that of what they show, so it tells nothing of when they came or what is held back. */
  shown(kept: KeptBack): string[] {
    const lines = new Map<string, string[]>()
    // answers of another stream or form are told apart by their items, so they cannot hide one another
    for (const groups of Map.groupBy(this.#groups.values(), ({ form }) => form).values()) {
      const told = tellable(groups, MIN_SHOW)
      for (const [at, group] of groups.entries()) {
        const depth = told[at] ?? null
        if (depth === null) kept.left += group.n
        else if (this.#concerns(group, depth)) {
          if (depth < DESCRIPTORS.length) kept.generalised += group.n
          const head = this.#head(group, depth)
          const said = lines.get(head)
          if (said) said.push(...group.said)
          else lines.set(head, group.said)
        }
      }
    }
    return [...lines].toSorted(byHead).flatMap(([head, said]) => said.toSorted().map((cells) => head + cells))
  }

  #describe(values: AlikeValues): Alike {
    const [stream, instrument] = [streamOf(values), instrumentOf(values)]
    return {
      form: `${stream} ${instrument} ${applicantOf(values) === 'citizen'}`,
      values: DESCRIPTORS.map(({ of }) => of(values, this.#about)),
      begin: [this.#month, this.#cell('nguon', stream), csvText(this.#look.forms.get(instrument) ?? '')],
      said: [],
      n: 0,
    }
  }

  /** Whether an answer is told to be about one of the units: the one that decides, or the one that took the dossier in. */
  #concerns({ values }: Alike, depth: number): boolean {
    const { units } = this.#look
    return units === null || UNITS.some((at) => depth > at && units.has(values[at] ?? ''))
  }

  #head({ begin, values }: Alike, depth: number): string {
    const told = DESCRIPTORS.map(({ column }, i) => (i < depth ? this.#cell(column, values[i] ?? '') : HELD_BACK))
    return [...begin, ...told, ''].join(this.#look.separator)
  }

  #said(complete: boolean, answers: string): string {
    const given = JSON.parse(answers) as Record<string, unknown>
    const { items, separator } = this.#look
    let cells = complete ? 't' : 'f'
    for (const item of items) {
      const value = given[item]
      cells += separator
      if (value !== undefined) cells += this.#cell(item, typeof value === 'string' ? value : 'na')
    }
    return cells
  }

  #cell(column: string, code: string): string {
    return csvText(this.#look.words.get(column)?.get(code) ?? code)
  }
}

function byHead([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}
