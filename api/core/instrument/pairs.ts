import type { Marks } from './answers.ts'
import type { Instrument, InstrumentItem } from './definition.ts'
import { itemsOf } from './definition.ts'
import { valuesOf } from './favourable.ts'

/**
 * Two items of one composite, tallied together. A composite of items that the same person answered has a variance with
 * covariances in it; the joint counts give them, also under planned missingness, where only some people have both.
 */
export type PairItem = {
  /** `A*B`, in the order of the instrument. */
  readonly code: string
  readonly a: string
  readonly b: string
  /** Value in the composite by option place: 0/1 (favourable) or points 0…2. */
  readonly valuesA: readonly number[]
  readonly valuesB: readonly number[]
  /** How many values b can take; a joint index is value_a × baseB + value_b. */
  readonly baseB: number
  /** Number of joint cells: 4 for favourable items, 9 for points. */
  readonly cells: number
}

// The composites: eight qualities (PAPI-like), three rated criteria (TT 01/2018), six business items (PCI-like).
const GROUPS = [/^Q_/, /^T\d$/, /^B_/]

const baseOf = (item: InstrumentItem): number => Math.max(...valuesOf(item)) + 1

/** Every pair inside a composite: 28 + 3 + 15 for the dossier rating. */
export function pairItems(definition: Instrument): PairItem[] {
  const items = itemsOf(definition).filter((item) => item.type === 'single')
  return GROUPS.flatMap((group) => {
    const members = items.filter((item) => group.test(item.code))
    return members.flatMap((a, place) =>
      members.slice(place + 1).map((b) => ({
        code: `${a.code}*${b.code}`,
        a: a.code,
        b: b.code,
        valuesA: valuesOf(a),
        valuesB: valuesOf(b),
        baseB: baseOf(b),
        cells: baseOf(a) * baseOf(b),
      })),
    )
  })
}

/** The joint cell (0 … cells − 1) a response falls into, or null when either item is missing or 'na'. */
export function pairMark(pair: PairItem, marks: Marks): number | null {
  const markA = marks[pair.a]
  const markB = marks[pair.b]
  if (typeof markA !== 'number' || typeof markB !== 'number') return null
  const a = pair.valuesA[markA]
  const b = pair.valuesB[markB]
  return a === undefined || b === undefined ? null : a * pair.baseB + b
}

/** The values (of a, of b) a joint cell stands for; the inverse of `pairMark`. */
export function pairValues(pair: PairItem, cell: number): { a: number; b: number } {
  return { a: Math.floor(cell / pair.baseB), b: cell % pair.baseB }
}
