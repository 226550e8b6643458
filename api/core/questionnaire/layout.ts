import type { Condition } from './condition.ts'
import type { Questionnaire, SurveyItem } from './definition.ts'

/** One code under which an answer travels: an item, or a row of a matrix. */
export interface Question {
  readonly code: string
  readonly path: string
  readonly item: SurveyItem
  /** Position of its section, and its own among all questions; a condition may read what has a smaller one. */
  readonly section: number
  readonly order: number
  readonly repeat: string | null
  /** Every condition that must hold before it is asked, the section's first. */
  readonly when: readonly Condition[]
}

/** Something that has a condition of its own: a section, an item (a matrix as a whole) or a row. */
export interface Place {
  readonly kind: 'section' | 'item' | 'row'
  readonly path: string
  readonly code: string
  readonly section: number
  /** Order of its first question: its condition may read what comes before. */
  readonly order: number
  readonly repeat: string | null
  readonly own: Condition | undefined
  /** Conditions of what it stands in. */
  readonly above: readonly Condition[]
  /** Codes of the questions in it. */
  readonly holds: readonly string[]
}

/** The questions of a questionnaire in order, and the places that can have conditions. */
export interface Layout {
  /** The first question of each code; later ones of the same code are faults of their own. */
  readonly questions: ReadonlyMap<string, Question>
  readonly places: readonly Place[]
  readonly matrices: ReadonlySet<string>
}

/** Numbers the questions of a questionnaire and lists where conditions stand. */
export function layoutOf({ sections }: Questionnaire): Layout {
  const questions = new Map<string, Question>()
  const places: Place[] = []
  const matrices = new Set<string>()
  let order = 0
  for (const [s, section] of sections.entries()) {
    const first = order
    const inSection: Place[] = []
    const repeat = section.repeat ?? null
    const outer = list(section.when)
    for (const [i, item] of section.items.entries()) {
      const path = `sections.${s}.items.${i}`
      const within = [...outer, ...list(item.when)]
      const common = { section: s, repeat, item }
      const add = (code: string, at: string, when: readonly Condition[]) => {
        if (!questions.has(code)) questions.set(code, { ...common, code, path: at, order, when })
        order += 1
      }
      const start = order
      const rows = item.type === 'matrix' ? item.rows : []
      const codes = item.type === 'matrix' ? rows.map(({ code }) => code) : [item.code]
      const place = { section: s, repeat }
      inSection.push({
        ...place,
        kind: 'item',
        path,
        code: item.code,
        order: start,
        own: item.when,
        above: outer,
        holds: codes,
      })
      if (item.type !== 'matrix') add(item.code, path, within)
      else matrices.add(item.code)
      for (const [r, row] of rows.entries()) {
        const at = `${path}.rows.${r}`
        inSection.push({
          ...place,
          kind: 'row',
          path: at,
          code: row.code,
          order,
          own: row.when,
          above: within,
          holds: [row.code],
        })
        add(row.code, at, [...within, ...list(row.when)])
      }
    }
    const holds = inSection.flatMap((one) => (one.kind === 'item' ? one.holds : []))
    const path = `sections.${s}`
    places.push(
      {
        kind: 'section',
        path,
        code: section.code,
        section: s,
        order: first,
        repeat,
        own: section.when,
        above: [],
        holds,
      },
      ...inSection,
    )
  }
  return { questions, places, matrices }
}

const list = (when: Condition | undefined): Condition[] => (when === undefined ? [] : [when])

/** A comparison inside a condition, with its path. */
export type Leaf = Extract<Condition, { item: string }>

/** The comparisons of a condition, each with its path from the whole's. */
export function leavesOf(condition: Condition, path: string): { readonly path: string; readonly leaf: Leaf }[] {
  if ('all' in condition) return condition.all.flatMap((part, i) => leavesOf(part, `${path}.all.${i}`))
  if ('any' in condition) return condition.any.flatMap((part, i) => leavesOf(part, `${path}.any.${i}`))
  if ('not' in condition) return leavesOf(condition.not, `${path}.not`)
  return [{ path, leaf: condition }]
}
