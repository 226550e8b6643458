import { MIN_SHOW } from '../../disclosure/thresholds.ts'
import type { IndexDefinition } from '../definition.ts'
import { arrange, type HardValue } from '../estimate/arrange.ts'
import type { Linearised } from '../estimate/linearise.ts'
import { countSlots, type FieldCell, type UnitSums } from './unit-sums.ts'
import type { EditionColumns, RunColumn } from './columns.ts'
import { GAPS, type Mix, type UnitInput } from './inputs.ts'
import type { RegisterFigure } from './register.ts'
import type { RunSource } from './sources.ts'
import type { Gap } from '../../disclosure/index-scores.ts'

/** The last group of a mix: what is left of an indicator beside its cells of ten answers and more. */
export const OTHER_FIELDS = ''

/** What is known of a unit in a period, before an edition picks what it needs. */
export interface UnitBasis {
  readonly unit: Pick<UnitInput, 'unit' | 'name' | 'kind' | 'parentId' | 'dossiers' | 'invited' | 'answered'>
  readonly estimates: Linearised
  /** Null where nobody answered. */
  readonly sums: UnitSums | null
  /** By column: the tree of units or the calendar needs it hidden. */
  readonly hidden: readonly boolean[]
  /** 1 at columns that are counted over all the unit's dossiers (`widenedColumns`). */
  readonly widened: Uint8Array | undefined
  /** Figures of the platform's own register, by code. */
  readonly register: ReadonlyMap<string, RegisterFigure>
}

/**
 * A unit's inputs for one edition.
 * @param imported the unit's imported figures by their code; they go before the register's
 * @param groups fields of procedures, and last `OTHER_FIELDS`
 */
export function unitInput(
  definition: IndexDefinition,
  { sources, columnOf }: EditionColumns,
  columns: readonly RunColumn[],
  basis: UnitBasis,
  imported: ReadonlyMap<string, HardValue>,
  groups: readonly string[],
): UnitInput {
  const { unit, estimates, sums } = basis
  const hard = new Map<string, RegisterFigure>()
  for (const [i, { code }] of definition.indicators.entries()) {
    const figure = hardFigure(sources[i]!, basis, imported)
    if (figure !== undefined) hard.set(code, figure)
  }
  const places = definition.indicators.map(({ code }) => columnOf.get(code) ?? null)
  const { starts } = countSlots(columns)
  const counts = places.flatMap((column) => {
    if (column === null) return []
    const options = columns[column]!.source.options.length
    return Array.from({ length: options + 1 }, (_, k) => sums?.counts[starts[column]! + k] ?? 0)
  })
  const gap = definition.indicators.map(({ code }, i) =>
    GAPS.indexOf(places[i] === null ? (hard.get(code)?.gap ?? null) : answersGap(sources[i]!, basis, places[i]!)),
  )
  return {
    ...unit,
    ...arrange(definition, estimates, columnOf, hard),
    gap,
    counts,
    mix: sums === null ? emptyMix : mixOf(places, columns, sums, groups.length - 1),
  }
}

function hardFigure(
  source: RunSource,
  { register }: UnitBasis,
  imported: ReadonlyMap<string, HardValue>,
): RegisterFigure | undefined {
  if (source.kind !== 'hard' && source.kind !== 'register') return undefined
  const found = imported.get(source.code)
  if (found !== undefined) return { ...found, gap: null }
  return source.kind === 'register' ? register.get(source.code) : undefined
}

function answersGap(source: RunSource, { estimates, hidden, widened }: UnitBasis, column: number): Gap {
  const n = estimates.n[column]!
  if (source.kind !== 'item' || n === 0) return null
  if (n < source.minimum) return 'too_few'
  if (widened?.[column] === 1) return 'elsewhere'
  return hidden[column] === true ? 'complementary' : null
}

const emptyMix: Mix = { indicator: [], group: [], weight: [], mean: [] }

/**
 * An indicator's mean by field of procedures. Fields with fewer than ten answers go together into the last group, and, where
 * those are fewer than ten as well, the smallest other field with them: no cell is of fewer than ten people.
 */
function mixOf(places: readonly (number | null)[], columns: readonly RunColumn[], sums: UnitSums, fields: number): Mix {
  const mix = { indicator: [] as number[], group: [] as number[], weight: [] as number[], mean: [] as number[] }
  for (const [i, column] of places.entries()) {
    if (column === null || !isLinear(columns[column]!)) continue
    for (const { field, weight, total } of joined(sums.cells[column]!, fields)) {
      mix.indicator.push(i)
      mix.group.push(field)
      mix.weight.push(weight)
      mix.mean.push(total / weight)
    }
  }
  return mix
}

function joined(cells: readonly FieldCell[], other: number): FieldCell[] {
  const bySize = cells.toSorted((a, b) => b.n - a.n || a.field - b.field)
  const large = bySize.filter(({ n }) => n >= MIN_SHOW)
  const small = bySize.filter(({ n }) => n < MIN_SHOW)
  while (small.length > 0 && large.length > 0 && small.reduce((sum, { n }) => sum + n, 0) < MIN_SHOW) {
    small.push(large.pop()!)
  }
  const rest = small.reduce((sum, { n }) => sum + n, 0)
  if (rest < MIN_SHOW) return large.sort((a, b) => a.field - b.field)
  const of = (part: 'weight' | 'total') => small.reduce((sum, cell) => sum + cell[part], 0)
  return [
    ...large.sort((a, b) => a.field - b.field),
    { field: other, n: rest, weight: of('weight'), total: of('total') },
  ]
}

/** Whether the statistic of a whole is the weighted mean of its parts'. */
function isLinear({ statistic }: RunColumn): boolean {
  return statistic === 'mean' || statistic === 'share' || statistic === 'top2'
}
