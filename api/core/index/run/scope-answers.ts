import type { PublicScope } from '../../publication/scopes.ts'
import type { Linearised } from '../estimate/linearise.ts'
import type { AnswerBook } from './answer-book.ts'
import type { RunColumn } from './columns.ts'
import { periodAnswers } from './period-answers.ts'
import { scopeEstimates } from './scope-estimates.ts'
import { periodSums, scopeSums, type PeriodSums, type UnitSums } from './unit-sums.ts'
import { weighPeriod, type FrameCount } from './weigh.ts'
import { widenedColumns } from './widen.ts'

/** What the answers of a period say of one scope. */
export interface ScopeAnswers {
  readonly scope: PublicScope
  readonly estimates: Linearised
  /** Null where nobody answered. */
  readonly sums: UnitSums | null
  /** 1 at columns that are counted over all the unit's dossiers (`widenedColumns`). */
  readonly widened: Uint8Array | undefined
}

/**
 * Weighs the answers of some months to the register and estimates every column for every scope.
 * @param register finished dossiers of the same months
 * @param units ids of all units, in order
 * @param isShown whether a unit's own figure of a column is shown; null: no unit counts its whole dossiers where others were rated
 */
export function scopeAnswers(
  book: AnswerBook,
  months: readonly string[],
  columns: readonly RunColumn[],
  register: readonly FrameCount[],
  units: readonly number[],
  scopes: readonly PublicScope[],
  isShown: ((unit: number, column: number) => boolean) | null,
): { scopes: ScopeAnswers[]; fields: readonly string[]; answers: number } {
  const places = new Map(units.map((id, at) => [id, at]))
  const { weightOf } = weighPeriod(book, months, register)
  const answers = periodAnswers(book, months, columns, places, weightOf)
  const sums = periodSums(book, months, columns, places, weightOf)
  const alone = new Set(scopes.filter(isAlone).map(({ unit }) => places.get(unit)!))
  const widened =
    isShown === null ? [] : widenedColumns(sums, columns, alone, (at, column) => isShown(units[at]!, column))
  const placed = scopes.map((scope) => ({
    scope,
    members: scope.members?.map((id) => places.get(id)!) ?? null,
    widened: isAlone(scope) ? widened[places.get(scope.unit)!] : undefined,
  }))
  const estimates = scopeEstimates(answers, placed, units.length)
  const placesIn = placesByUnit(sums, units.length)
  return {
    scopes: placed.map((one, at) => ({
      scope: one.scope,
      estimates: estimates[at]!,
      sums: sumsIn(sums, columns, one.members, one.widened, placesIn),
      widened: one.widened,
    })),
    fields: sums.fields,
    answers: answers.count,
  }
}

/** Places of the dossiers that each unit decides or took in. */
function placesByUnit({ places }: PeriodSums, units: number): number[][] {
  const lists: number[][] = Array.from({ length: units }, () => [])
  for (const [place, { responsible, receiving }] of places.entries()) {
    lists[responsible]!.push(place)
    if (receiving !== responsible) lists[receiving]!.push(place)
  }
  return lists
}

function sumsIn(
  sums: PeriodSums,
  columns: readonly RunColumn[],
  members: readonly number[] | null,
  widened: Uint8Array | undefined,
  placesIn: readonly (readonly number[])[],
): UnitSums | null {
  const inScope = new Uint8Array(placesIn.length).fill(members === null ? 1 : 0)
  for (const member of members ?? []) inScope[member] = 1
  const within =
    members === null ? [...sums.places.keys()] : [...new Set(members.flatMap((member) => placesIn[member]!))]
  return scopeSums(sums, columns, inScope, within, widened)
}

/** A unit that is shown by itself, not with units below it. */
export function isAlone({ scope }: PublicScope): boolean {
  return scope.startsWith('unit:')
}
