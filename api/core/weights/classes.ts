import { byName, joinSmall } from './join-small.ts'

/** A cell of the dossier register: what happened, and how many of it were rated. */
export interface FrameCell {
  /** The unit that decides. */
  readonly unit: number
  /** Group of procedures, say the field. */
  readonly group: string
  readonly channel: string
  readonly late: boolean
  /** Dossiers in the register (N). */
  readonly dossiers: number
  /** Valid answers (n), ≤ N unless people answered without a dossier. */
  readonly answers: number
}

/** Cells that share one weight. */
export interface WeightingClass {
  readonly unit: number
  /** Null where on time and late had to be joined. */
  readonly late: boolean | null
  /** Places of its cells in the list given. */
  readonly cells: readonly number[]
  readonly dossiers: number
  readonly answers: number
  /** How far it was joined beyond its own cell. */
  readonly joined: 'none' | 'channel' | 'group' | 'late'
}

/** A class smaller than this is joined to another (statistics practice for weighting classes: 20 to 30). */
export const CLASS_ANSWERS_MIN = 20

const steps = ['channel', 'group', 'late'] as const

/**
 * Weighting classes: cells of unit × procedure group × channel × on time or late, joined while a class has fewer than 20
 * answers, so that no class rests on a handful.
 *
 * The order is fixed and starts where least is lost. First across channels, within the same group and timeliness; then
 * across groups, within the same timeliness; last across timeliness, which tells most about both who answers and what they
 * say. Never across units, whose figures are what is asked: a unit with fewer than 20 answers is one class. At each step
 * the smallest class joins the next smallest beside it until none is too small; ties go by the order of names. The order of
 * the cells given changes nothing.
 * @throws RangeError on counts that are not whole and ≥ 0, or a cell given twice
 */
export function weightingClasses(cells: readonly FrameCell[], answersMin = CLASS_ANSWERS_MIN): WeightingClass[] {
  const seen = new Set<string>()
  for (const cell of cells) {
    const key = nameOf(cell)
    if (seen.has(key)) throw new RangeError(`weightingClasses met the cell ${key} twice`)
    if (![cell.dossiers, cell.answers].every((count) => Number.isInteger(count) && count >= 0)) {
      throw new RangeError('weightingClasses requires whole counts ≥ 0')
    }
    seen.add(key)
  }
  let classes = cells
    .map((cell, at): WeightingClass & { name: string } => ({
      unit: cell.unit,
      late: cell.late,
      cells: [at],
      dossiers: Math.max(cell.dossiers, cell.answers),
      answers: cell.answers,
      joined: 'none',
      name: nameOf(cell),
    }))
    .filter(({ dossiers }) => dossiers > 0)
    .sort(byName)
  for (const step of steps) {
    const family = (one: (typeof classes)[number]): string => {
      const first = cells[one.cells[0]!]!
      if (step === 'late') return String(one.unit)
      if (step === 'group') return JSON.stringify([one.unit, one.late])
      return JSON.stringify([one.unit, one.late, first.group])
    }
    classes = [...Map.groupBy(classes, family).values()].flatMap((list) =>
      joinSmall(list, answersMin, (small, next) => joined(small, next, step)),
    )
  }
  return classes.map(({ unit, late, cells, dossiers, answers, joined }) => ({
    unit,
    late,
    cells,
    dossiers,
    answers,
    joined,
  }))
}

type Named = WeightingClass & { readonly name: string }

function joined(small: Named, next: Named, step: (typeof steps)[number]): Named {
  return {
    unit: small.unit,
    late: small.late === next.late ? small.late : null,
    cells: [...small.cells, ...next.cells].sort((a, b) => a - b),
    dossiers: small.dossiers + next.dossiers,
    answers: small.answers + next.answers,
    joined: step,
    name: small.name < next.name ? small.name : next.name,
  }
}

function nameOf({ unit, group, channel, late }: FrameCell): string {
  return JSON.stringify([unit, group, channel, late])
}
