import { alone } from '../core/kept.ts'
import { tellable } from '../core/disclosure/tellable.ts'
import { MIN_SHOW } from '../core/disclosure/thresholds.ts'
import { applicantOf, DESCRIPTORS, instrumentOf, streamOf, type About } from './descriptors.ts'
import type { RowText } from './row-text.ts'

/** What an export of answers kept back. */
export interface KeptBack {
  /** Answers of which some description is held back. */
  generalised: number
  /** Answers that stay, because too few of their month and form are there. */
  left: number
}

/** Answers that are alike in everything that describes them. */
interface Alike {
  readonly stream: string
  readonly instrument: string
  readonly form: string
  /** Values of the descriptors. */
  readonly values: readonly string[]
  /** What each of them said, as it leaves. */
  readonly said: string[]
  n: number
}
const UNITS = ['don_vi', 'don_vi_tiep_nhan'].map((name) => DESCRIPTORS.findIndex(({ column }) => column === name))

/** The answers of one month, of which as much is told as enough of them share. */
export class MonthRows {
  readonly #groups = new Map<string, Alike>()
  readonly #month: string
  readonly #about: About
  readonly #text: RowText
  count = 0

  constructor(month: string, about: About, text: RowText) {
    this.#month = month
    this.#about = about
    this.#text = text
  }

  /** @param line completeness, answers and `ALIKE_COLUMNS` as COPY writes them */
  add(line: string): void {
    this.count += 1
    const tab = line.indexOf('\t', 2)
    const [said, alike] = [this.#text.said(line.slice(0, tab)), line.slice(tab + 1)]
    const group = this.#groups.get(alike)
    if (group === undefined) this.#groups.set(alone(alike), this.#describe(alike.split('\t'), said))
    else {
      group.n += 1
      group.said.push(said)
    }
  }

  /** Lines that leave. Their order is that of what they show, so it tells nothing of when they came or what is held back. */
  *shown(kept: KeptBack): Generator<string> {
    const lines = new Map<string, string[]>()
    // answers of another stream or form are told apart by their items, so they cannot hide one another
    for (const groups of Map.groupBy(this.#groups.values(), ({ form }) => form).values()) {
      const told = tellable(groups, MIN_SHOW)
      for (const [at, group] of groups.entries()) {
        const depth = told[at] ?? null
        if (depth === null) kept.left += group.n
        else if (this.#concerns(group, depth)) {
          if (depth < DESCRIPTORS.length) kept.generalised += group.n
          const head = this.#text.head(this.#month, group, depth)
          const said = lines.get(head)
          if (said) for (const one of group.said) said.push(one)
          else lines.set(head, group.said)
        }
      }
    }
    for (const head of [...lines.keys()].toSorted())
      for (const said of (lines.get(head) ?? []).toSorted()) yield `${head}${said}\n`
  }

  #describe(alike: readonly string[], said: string): Alike {
    const [stream, instrument] = [streamOf(alike), instrumentOf(alike)]
    return {
      stream,
      instrument,
      form: `${stream} ${instrument} ${applicantOf(alike) === 'citizen'}`,
      values: DESCRIPTORS.map(({ of }) => this.#text.kept(of(alike, this.#about))),
      said: [said],
      n: 1,
    }
  }

  /** Whether an answer is told to be about one of the units: the one that decides, or the one that took the dossier in. */
  #concerns({ values }: Alike, depth: number): boolean {
    const { units } = this.#text.look
    return units === null || UNITS.some((at) => depth > at && units.has(values[at] ?? ''))
  }
}
