import { MIN_POINT } from '../disclosure/thresholds.ts'
import { papiLikeDimension, papiLikeSubdimension } from '../index/papiLike.ts'
import { pciLike } from '../index/pciLike.ts'
import { lateSplit, satisfaction54 } from '../index/qd766.ts'
import { tt01Grade, tt01Subtotal, tt01TimePoints } from '../index/tt01.ts'
import { findItem, type Instrument } from '../instrument/definition.ts'
import { favourableOptions } from '../instrument/favourable.ts'
import { notMeasured, type Estimate } from '../stats/estimate.ts'
import { wilson } from '../stats/wilson.ts'
import { composite, BUSINESS_ITEMS, QUALITY_ITEMS, TT01_ITEMS } from './composite.ts'
import { chosenOf, countsOf, validOf, type CountsByItem } from './counts.ts'
import { figure, unmeasured, type Figure, type FigureCode, type FigureNote, type Step } from './figure.ts'

export const PAPI_GROUPS = ['5.1', '5.3', '5.4'] as const
export type PapiGroup = (typeof PAPI_GROUPS)[number]

const NOTHING: ReadonlySet<string> = new Set()
const WITHHELD: Step = { code: 'counts_withheld', values: {} }

/** Everything the figures of one unit and period are made of. */
export interface FigureInput {
  definition: Instrument
  /** All items of the unit's finished dossiers. */
  items: CountsByItem
  /** The same by PAPI group of the procedure; a group the unit does not handle is absent. */
  byGroup: ReadonlyMap<PapiGroup, CountsByItem>
  /** Finished dossiers by lateness class 0…3. */
  finished: readonly number[]
  /** Unfinished dossiers past their due date. */
  pendingLate: number
  /** Counts of the overall item among dossiers that were not late. */
  overallNotLate: readonly number[]
  /** Points of the five criteria of TT 01/2018 that people enter (C2, C5, C6, C8, C9), null while any is missing. */
  entered: Readonly<Record<string, number>> | null
  /** Items whose numbers the tree needs hidden for this unit and period. */
  hidden: ReadonlySet<string>
  /** Items whose counts within a PAPI group would complete another figure: the group's counts are left out of its steps. */
  hiddenByGroup?: ReadonlyMap<PapiGroup, ReadonlySet<string>>
  /** Items that rate the other unit of the dossiers: their counts stand on that unit's page and not here. */
  ratedElsewhere?: ReadonlySet<string>
  mergerBreak: boolean
}

/** The headline figures in the order a department reads them. */
export function unitFigures(input: FigureInput): Figure[] {
  const figures = [
    satisfaction(input),
    ...qd766(input),
    tt01(input),
    grade(input),
    ...papiLike(input),
    businessLike(input),
  ]
  return input.mergerBreak
    ? figures.map((one) => ({ ...one, notes: [...one.notes, 'merger_break' as const] }))
    : figures
}

function satisfaction(input: FigureInput): Figure {
  const overall = countsOf(input.items, 'OVERALL')
  const n = validOf(overall)
  const favourable = favourableOf(input, 'OVERALL')
  return figure(
    'satisfaction',
    { min: 0, max: 1 },
    wilson(favourable, n),
    [
      lateSplit(n, sumOf(input.overallNotLate)).counts
        ? { code: 'counts_late_few', values: {} }
        : {
            code: 'overall_counts',
            values: {
              o5: at(overall.counts, 0),
              o4: at(overall.counts, 1),
              o3: at(overall.counts, 2),
              o2: at(overall.counts, 3),
              o1: at(overall.counts, 4),
              na: overall.na,
            },
          },
      { code: 'favourable_share', values: { favourable, n, share: n > 0 ? favourable / n : null } },
      { code: 'wilson', values: { n } },
    ],
    { complementary: input.hidden.has('OVERALL') },
  )
}

/**
 * Item 5.4 in both readings. The register is all dossiers that were finished in the period and all unfinished ones past
 * their due date; silence counts as satisfied, as the decision has it. The steps of a reading hold the counts it is made of and
 * no others, so that none tells what the other reading would (`lateSplit`).
 */
function qd766(input: FigureInput): Figure[] {
  const overall = countsOf(input.items, 'OVERALL')
  const answered = validOf(overall)
  const disliked = at(overall.counts, 3) + at(overall.counts, 4)
  const dislikedNotLate = at(input.overallNotLate, 3) + at(input.overallNotLate, 4)
  // an answer stays in the month it was asked in when its dossier's outcome is corrected into another one
  const lateCount = Math.max(at(input.finished, 3) + input.pendingLate, disliked - dislikedNotLate)
  const total = Math.max(sumOf(input.finished) + input.pendingLate, answered, lateCount + dislikedNotLate)
  const made = satisfaction54({ total, lateCount, disliked, dislikedNotLate, answered, petitions: null })
  const split = lateSplit(answered, sumOf(input.overallNotLate))
  const values = { total, late: lateCount }
  const counts: Step = { code: 'qd766_counts', values: { ...values, pendingLate: input.pendingLate, answered } }
  const reading = (code: FigureCode, estimate: Estimate, hidden: boolean, own: Step) =>
    register(code, { min: 0, max: 100 }, estimate, answered, [counts, own], {
      complementary: input.hidden.has('OVERALL') || hidden,
      notes: ['pakn_missing'],
    })
  return [
    reading('qd766_5_4_union', made.union, split.union, {
      code: 'qd766_union',
      values: { ...values, dislikedNotLate },
    }),
    reading('qd766_5_4_sum', made.sum, split.sum, { code: 'qd766_sum', values: { ...values, disliked } }),
  ]
}

/**
 * A register count follows the rule by its answers, not by its dossiers: with few answers it would give them away. With 10–29 its
 * counts stay back like those of all other figures; the value is there, since a count over the register has no interval to show alone.
 */
function register(
  code: FigureCode,
  scale: Figure['scale'],
  estimate: Estimate,
  answered: number,
  steps: Step[],
  options: { complementary: boolean; notes: FigureNote[] },
): Figure {
  if (estimate.suppressed === 'too_few') return figure(code, scale, { ...estimate, n: answered }, [], options)
  const told: Step[] = answered < MIN_POINT ? [{ code: 'counts_too_few', values: { answered } }] : steps
  return figure(code, scale, estimate, told, options)
}

function tt01(input: FigureInput): Figure {
  const { estimate, steps } = tt01Rest(input)
  const time = timePoints(input.finished)
  return figure(
    'tt01_subtotal',
    { min: 0, max: 8 },
    tt01Subtotal(time.mean, estimate),
    [
      {
        code: 'tt01_time',
        values: {
          early: at(input.finished, 1),
          onTime: at(input.finished, 2),
          late: at(input.finished, 3),
          mean: time.mean,
        },
      },
      ...steps,
      { code: 'sum_of_means', values: {} },
    ],
    { complementary: hides(TT01_ITEMS, input.hidden), notes: ['grade_needs_all_nine'] },
  )
}

/** The grade on 18 points: the measured eight and the five criteria that people enter; without all nine there is none. */
function grade(input: FigureInput): Figure {
  const scale = { min: 0, max: 18 }
  const { estimate, steps } = tt01Rest(input)
  const subtotal = tt01Subtotal(timePoints(input.finished).mean, estimate)
  if (input.entered === null) return unmeasured('tt01_grade', scale, ['grade_needs_all_nine'])
  const points = Object.values(input.entered).reduce((sum, one) => sum + one, 0)
  const shift = (value: number | null) => (value === null ? null : value + points)
  const total: Estimate = {
    ...subtotal,
    est: shift(subtotal.est),
    lo: shift(subtotal.lo),
    hi: shift(subtotal.hi),
    method: 'tt01_total',
  }
  const shown = figure(
    'tt01_grade',
    scale,
    subtotal.suppressed === null ? total : subtotal,
    [{ code: 'tt01_entered', values: { ...input.entered } }, ...steps, { code: 'sum_of_means', values: {} }],
    { complementary: hides(TT01_ITEMS, input.hidden) },
  )
  return { ...shown, grade: shown.estimate.est === null ? null : tt01Grade(shown.estimate.est) }
}

function tt01Rest(input: FigureInput) {
  return compositeOf(input, input.items, TT01_ITEMS)
}

/**
 * A composite whose steps leave out the counts of items rated elsewhere: each is a part of the other unit's count, and the
 * parts of all units but one would give the last one away.
 */
function compositeOf(input: FigureInput, items: CountsByItem, codes: readonly string[], weight?: number) {
  const made = composite(input.definition, items, codes, weight)
  const elsewhere = (step: Step) => input.ratedElsewhere?.has(String(step.values.item)) === true
  const steps = made.steps.map((step) =>
    elsewhere(step) ? { code: 'item_elsewhere', values: { item: step.values.item ?? null } } : step,
  )
  return { estimate: made.estimate, steps }
}

function papiLike(input: FigureInput): Figure[] {
  const scale = { min: 1 / PAPI_GROUPS.length, max: 10 / PAPI_GROUPS.length }
  const parts = PAPI_GROUPS.map((group) => {
    const items = input.byGroup.get(group)
    const made = items ? compositeOf(input, items, QUALITY_ITEMS) : null
    return {
      group,
      complementary: hides(QUALITY_ITEMS, input.hidden),
      estimate: made ? papiLikeSubdimension(made.estimate, PAPI_GROUPS.length) : notMeasured(),
      steps: hides(QUALITY_ITEMS, input.hiddenByGroup?.get(group) ?? NOTHING) ? [WITHHELD] : (made?.steps ?? []),
    }
  })
  const codes: Record<PapiGroup, FigureCode> = {
    '5.1': 'papi_like_5_1',
    '5.3': 'papi_like_5_3',
    '5.4': 'papi_like_5_4',
  }
  const dimension = papiLikeDimension(parts.map((part) => part.estimate))
  return [
    ...parts.map((part) =>
      figure(
        codes[part.group],
        scale,
        part.estimate,
        [...part.steps, { code: 'papi_scale', values: { k: PAPI_GROUPS.length } }],
        { complementary: part.complementary },
      ),
    ),
    figure(
      'papi_like_5',
      { min: 1, max: 10 },
      dimension,
      parts.map((part) => ({ code: 'papi_part', values: { group: part.group }, estimate: part.estimate })),
      {
        complementary: parts.some((part) => part.complementary),
        notes: dimension.suppressed === null ? [] : ['parts_missing'],
      },
    ),
  ]
}

function businessLike(input: FigureInput): Figure {
  const { estimate, steps } = compositeOf(input, input.items, BUSINESS_ITEMS, 1 / BUSINESS_ITEMS.length)
  const asked = BUSINESS_ITEMS.some((code) => validOf(countsOf(input.items, code)) > 0)
  if (!asked) return unmeasured('pci_like', { min: 1, max: 10 })
  return figure(
    'pci_like',
    { min: 1, max: 10 },
    pciLike(estimate),
    [...steps, { code: 'pci_scale', values: { items: BUSINESS_ITEMS.length } }],
    {
      complementary: hides(BUSINESS_ITEMS, input.hidden),
    },
  )
}

function favourableOf(input: FigureInput, code: string): number {
  const item = findItem(input.definition, code)
  return item ? chosenOf(countsOf(input.items, code), favourableOptions(item)) : 0
}

/** A composite would give its hidden part away, so it is hidden with it. */
function hides(codes: readonly string[], hidden: ReadonlySet<string>): boolean {
  return codes.some((code) => hidden.has(code))
}

/** Criterion 1 over all finished dossiers with a due date: early 2, on time 1, late 0. */
function timePoints(finished: readonly number[]): { mean: number | null } {
  let n = 0
  let points = 0
  finished.forEach((count, lateness) => {
    const each = tt01TimePoints(lateness)
    if (each === null) return
    n += count
    points += each * count
  })
  return { mean: n > 0 ? points / n : null }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function at(counts: readonly number[], k: number): number {
  return counts[k] ?? 0
}
