import { complementary } from '../disclosure/complementary.ts'
import { publishElements, shownEstimates, type Gap, type PublishedElement } from '../disclosure/index-scores.ts'
import { MIN_POINT, MIN_SHOW } from '../disclosure/thresholds.ts'
import type { IndexDefinition } from '../index/definition.ts'
import { arrange } from '../index/estimate/arrange.ts'
import { compositeEstimator } from '../index/estimate/composite.ts'
import type { UnitEstimates } from '../index/estimate/indicator-estimate.ts'
import { normaliseColumn, type Bounds } from '../index/normalise.ts'
import { indexTree } from '../index/tree.ts'
import type { IndexColumn } from './index-columns.ts'
import { lineariseSample, type SampledAnswers } from './survey-answers.ts'

/** Scores of an edition from a campaign's answers: nodes from the root down, then indicators. */
export interface EditionScores {
  readonly whole: readonly PublishedElement[]
  /** By unit, ascending. */
  readonly units: readonly { readonly unit: number; readonly elements: readonly PublishedElement[] }[]
}

/**
 * The scores of an edition over the whole campaign and for each unit: the commune that people are from, or the office that was rated.
 * An indicator of a unit with fewer answers than its minimum, or fewer than that left by unequal weights (Kish), is hidden, with the next smallest beside it where the whole would give
 * it away. Goalposts from units' own values are those of the units that show them. Hard figures are not read: they belong to the
 * index of a period, not to a campaign.
 * @throws RangeError when the definition is no tree
 */
export function scoreEdition(
  definition: IndexDefinition,
  columns: readonly IndexColumn[],
  sampled: SampledAnswers,
): EditionScores {
  const columnOf = new Map(columns.map(({ code }, place) => [code, place]))
  const minimums = definition.indicators.map(({ code }) => columns[columnOf.get(code) ?? -1]?.minimum ?? 0)
  const whole = arrange(definition, lineariseSample(sampled), columnOf)
  const units = [...sampled.rowsOf]
    .toSorted(([a], [b]) => a - b)
    .map(([unit, rows]) => ({ unit, estimates: arrange(definition, lineariseSample(sampled, rows), columnOf) }))
    .filter(({ estimates }) => Array.from(estimates.n).some((n) => n > 0))
  const unitGaps = gapsOf(whole, units.map(({ estimates }) => estimates), minimums) // prettier-ignore
  const shownUnits = units.map(({ estimates }, u) => shownEstimates(estimates, unitGaps[u]!))
  const tree = indexTree(definition)
  const estimate = compositeEstimator(definition, goalposts(definition, shownUnits))
  const counted = effective(whole)
  const wholeGaps = minimums.map((minimum, i): Gap => (counted[i]! < minimum && minimum > 0 ? 'too_few' : null))
  return {
    whole: publishElements(tree, estimate(shownEstimates(whole, wholeGaps)), wholeGaps, counted, minimums),
    units: units.map(({ unit, estimates }, u) => ({
      unit,
      elements: publishElements(tree, estimate(shownUnits[u]!), unitGaps[u]!, effective(estimates), minimums),
    })),
  }
}

/** Why indicators of units are not shown, by unit and indicator. The whole is always shown, so that units are hidden for it. */
function gapsOf(whole: UnitEstimates, units: readonly UnitEstimates[], minimums: readonly number[]): Gap[][] {
  const gaps = units.map(() => minimums.map((): Gap => null))
  const counted = units.map(effective)
  for (const [i, minimum] of minimums.entries()) {
    if (minimum === 0 || units.length === 0) continue
    const inUnits = units.reduce((sum, { n }) => sum + n[i]!, 0)
    const cells = [
      { id: 'whole', n: whole.n[i]!, worth: Infinity },
      // people from no commune that is known are a part that nobody sees
      { id: 'rest', n: Math.max(0, whole.n[i]! - inUnits), hidden: true },
      ...counted.map((n, u) => ({ id: String(u), n: n[i]! })),
    ]
    const parts = ['rest', ...Array.from(units.keys(), String)]
    const hidden = complementary(cells, [{ total: 'whole', parts }], Math.max(MIN_SHOW, minimum))
    for (const u of units.keys()) gaps[u]![i] = hidden.get(String(u)) ?? null
  }
  return gaps
}

/** Answers by indicator that unequal weights leave (Kish), never more than there are; equal ones leave all but for rounding. */
function effective({ n, kish }: UnitEstimates): number[] {
  return Array.from(n, (one, i) => Math.min(one, Math.floor(kish[i]! + 1e-6)))
}

function goalposts(definition: IndexDefinition, units: readonly UnitEstimates[]): Map<string, Bounds> {
  const found = new Map<string, Bounds>()
  for (const [i, indicator] of definition.indicators.entries()) {
    const column = Float64Array.from(units, ({ est, n }) => (n[i]! >= MIN_POINT ? (est[i] ?? NaN) : NaN))
    const { bounds } = normaliseColumn(column, indicator, definition.scale)
    if (bounds !== null) found.set(indicator.code, bounds)
  }
  return found
}
