import { publish } from '../disclosure/publish.ts'
import type { CountsByItem } from '../figures/counts.ts'
import type { Figure, FigureCode, FigureNote, Step } from '../figures/figure.ts'
import { unitFigures, type FigureInput, type PapiGroup } from '../figures/unit-figures.ts'
import { itemVisibility, type Visibility } from '../figures/visibility.ts'
import { itemsOf, type Instrument } from '../instrument/definition.ts'
import { suppress, type Estimate } from '../stats/estimate.ts'
import { wilson } from '../stats/wilson.ts'
import { calendarPeriod, type CalendarPeriod } from '../time/period.ts'
import { FAMILIES, QUALITY_FAMILIES, type FamilyCode } from './family.ts'
import type { InputCell, RunInputs } from './inputs.ts'
import { publicScopes, type PublicScope } from './scopes.ts'

export type ScoreCode = FigureCode | 'response_rate'
/** One published figure of one unit. */
export interface Score {
  readonly unit: number
  readonly code: ScoreCode
  readonly scale: { readonly min: number; readonly max: number }
  readonly estimate: Estimate
  readonly notes: readonly (FigureNote | 'carried' | 'privacy')[]
  readonly needed: number | null
  readonly grade: string | null
  readonly steps: readonly Step[]
  /** The run whose counts these are, when they are carried on. */
  readonly source: number | null
}

/**
 * All figures of a run from its inputs and the definition they name; the same inputs give the same digits.
 * @throws RangeError when the inputs' period is not a calendar period
 */
export function runScores(inputs: RunInputs, definition: Instrument): Score[] {
  const period = calendarPeriod(inputs.period.from, inputs.period.to)
  if (period === null) throw new RangeError('runScores requires a calendar period')
  const visibility = visibilities(inputs, period)
  const items = itemsOf(definition).map((item) => item.code)
  const cells = Map.groupBy(inputs.cells, (cell) => cell.unit)
  const register = new Map(inputs.register.map((counts) => [counts.unit, counts]))
  const listed = new Set(inputs.units.filter((unit) => unit.listed).map((unit) => unit.id))
  return publicScopes(ownUnits(inputs), inputs.provinceId)
    .filter(({ unit }) => listed.has(unit))
    .flatMap((scope) => {
      const hidden = new Set(items.filter((item) => visibility(item)?.reason(scope.scope, period) === 'complementary'))
      const asked = register.get(scope.unit) ?? { invited: 0, answered: 0 }
      return [
        responseRate(scope.unit, asked),
        ...familyScores(scope, cells.get(scope.unit) ?? [], definition, hidden, inputs.mergerBreak),
      ]
    })
}

/** The units over which suppression is decided: all but the national province above them. */
export function ownUnits(inputs: Pick<RunInputs, 'units' | 'provinceId'>): RunInputs['units'] {
  return inputs.units.filter((unit) => unit.id !== inputs.provinceId)
}

function visibilities(inputs: RunInputs, period: CalendarPeriod): (item: string) => Visibility | null {
  const made = new Map<string, Visibility>()
  return (item) => {
    const rows = inputs.months[item]
    if (rows === undefined) return null
    const known = made.get(item)
    if (known) return known
    const counts = rows.map(([unitId, month, n, field]) => ({
      unitId,
      month,
      n,
      ...(field === undefined ? {} : { part: field }),
    }))
    const visibility = itemVisibility(ownUnits(inputs), period, counts)
    made.set(item, visibility)
    return visibility
  }
}

/** How many of the people asked have answered: a count of the register, but under the same minimum. */
function responseRate(unit: number, asked: { invited: number; answered: number }): Score {
  const { estimate, needed, stage } = publish(wilson(Math.min(asked.answered, asked.invited), asked.invited))
  const reason: FigureNote[] =
    estimate.suppressed !== null ? [estimate.suppressed] : stage === 'interval_only' ? ['interval_only'] : []
  const common = { unit, grade: null, steps: [], source: null, scale: { min: 0, max: 1 } }
  return { ...common, code: 'response_rate', estimate, needed, notes: reason }
}

function familyScores(
  { unit }: PublicScope,
  cells: readonly InputCell[],
  definition: Instrument,
  hidden: ReadonlySet<string>,
  mergerBreak: boolean,
): Score[] {
  const byFamily = new Map(cells.map((cell) => [cell.family, cell]))
  const make = (families: readonly FamilyCode[], codes: readonly FigureCode[]) => {
    const own = families.flatMap((family) => byFamily.get(family) ?? [])
    const figures = unitFigures({ ...figureInput(own), definition, hidden, mergerBreak })
    return figures.filter((one) => codes.includes(one.code)).map((one) => toScore(unit, one, own))
  }
  return [
    ...FAMILIES.filter((family) => family.group === null).flatMap((family) => make([family.code], family.figures)),
    ...QUALITY_FAMILIES.flatMap((family) => make([family.code], family.figures)),
    ...make(
      QUALITY_FAMILIES.map((family) => family.code),
      ['papi_like_5'],
    ),
  ]
}

function figureInput(cells: readonly InputCell[]): Omit<FigureInput, 'definition' | 'hidden' | 'mergerBreak'> {
  const first = cells[0]
  const groupOf = (cell: InputCell) => FAMILIES.find((family) => family.code === cell.family)?.group ?? null
  const byGroup = cells.flatMap((cell): [PapiGroup, CountsByItem][] => {
    const group = groupOf(cell)
    return group !== null && cell.handled ? [[group, countsByItem(cell)]] : []
  })
  return {
    items: first && groupOf(first) === null ? countsByItem(first) : new Map(),
    byGroup: new Map(byGroup),
    finished: first?.finished ?? [],
    pendingLate: first?.pendingLate ?? 0,
    overallNotLate: first?.overallNotLate ?? [],
    entered: first?.entered ?? null,
  }
}

function countsByItem(cell: InputCell): CountsByItem {
  return new Map(
    Object.entries(cell.items).map(([item, counts]) => [item, { counts: counts.slice(0, 9), na: counts[9] ?? 0 }]),
  )
}

function toScore(unit: number, figure: Figure, cells: readonly InputCell[]): Score {
  const { code, scale, needed, grade } = figure
  const source = cells.reduce<number | null>((newest, cell) => cell.source ?? newest, null)
  if (cells.some((cell) => cell.withheld) && figure.estimate.suppressed === null) {
    const privacy = cells.some((cell) => cell.privacy === true) ? ['privacy' as const] : []
    const notes = [...figure.notes.filter((note) => note !== 'interval_only'), 'complementary' as const, ...privacy]
    const estimate = suppress(figure.estimate, 'complementary')
    return { unit, code, scale, estimate, notes, needed: null, grade: null, steps: [], source: null }
  }
  const notes = source === null ? figure.notes : [...figure.notes, 'carried' as const]
  return { unit, code, scale, estimate: figure.estimate, notes, needed, grade, steps: publicSteps(figure), source }
}

/** Steps that hold counts of single options, among which there may be one person's, or that give one by subtraction. */
const OPTION_STEPS: ReadonlySet<string> = new Set([
  'overall_counts',
  'counts_late_few',
  'qd766_counts',
  'qd766_union',
  'qd766_sum',
])

function publicSteps(figure: Figure): Step[] {
  return figure.steps.filter((step) => !OPTION_STEPS.has(step.code))
}
