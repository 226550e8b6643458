import { mersenne } from 'pure-rand/generator/mersenne'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { allocate, type Allocation, type AllocationFault } from './allocate.ts'
import { drawFirstStage, type FirstStageUnit } from './first-stage.ts'
import { randomForms, randomOrder } from './random.ts'

/** What a sample is drawn by. */
export interface SampleDesign {
  readonly allocation: Allocation
  /** Strata that are taken whole. */
  readonly certainty: readonly string[]
  /** Cases of each first-stage unit; null: one stage. */
  readonly perUnit: number | null
  /** Replacements for each main case, 0 to 3. */
  readonly reserve: number
}

/** A stratum of the frame; `units` are its first-stage units in a two-stage design. */
export interface FrameStratum {
  readonly stratum: string
  readonly members: number
  readonly units: readonly FirstStageUnit[]
}

/** Where simple random samples are drawn: a stratum, or a first-stage unit that was drawn in it. */
export interface DrawnCell {
  readonly stratum: string
  readonly psu: string | null
  readonly members: number
  /** Inclusion probability of the first-stage unit; 1 in one stage. */
  readonly first: number
  /** Cases in the order of the draw: the first `main` are the sample, the others its replacements in order. */
  readonly main: number
  /** Places of the cases among the members of the cell in order of their codes, from 0. */
  readonly positions: readonly number[]
  /** Form of list experiments of each case. */
  readonly forms: readonly (string | null)[]
}

/** A draw, or why there can be none. */
export type Draw = { readonly cells: readonly DrawnCell[] } | { readonly faults: readonly AllocationFault[] }

/** Fewer first-stage units than this tell nothing of how they differ. */
const UNITS_MIN = 2

/**
 * Draws a stratified sample of one or two stages, with replacements in order. It sees only how many members there are, and
 * names them by their place in order of codes, so the same seed and frame give the same sample whatever the order of the file.
 *
 * One stage: a simple random sample in each stratum. Two: first-stage units by size (`drawFirstStage`), as many as the
 * stratum's cases need at `perUnit` each, at least two; then a simple random sample of `perUnit` members in each, all of a
 * smaller one, and of a unit that is certain as many more as its size would have been hit.
 *
 * @param strata with at least one member; units with at least one member and a size above 0
 * @param forms of list experiments; each case gets one by chance, balanced in its stratum
 * @param seed a whole number of 32 bits
 */
export function drawSample(
  strata: readonly FrameStratum[],
  design: SampleDesign,
  { seed, forms = [] }: { readonly seed: number; readonly forms?: readonly string[] },
): Draw {
  const allocated = allocate(strata, design.allocation, design.certainty)
  if ('faults' in allocated) return allocated
  // not xoroshiro128+, whose first numbers for seeds that people choose (1, 2, 2026) are nearly the same
  const rng = mersenne(seed)
  const inOrder = strata.toSorted((a, b) => (a.stratum < b.stratum ? -1 : 1))
  return {
    cells: inOrder.flatMap((stratum) => {
      const cases = allocated.cases.get(stratum.stratum) ?? 0
      const takes = takesOf(rng, stratum, cases, design)
      return withForms(
        rng,
        forms,
        takes.map((take) => drawCell(rng, stratum.stratum, take, design.reserve)),
      )
    }),
  }
}

interface Take {
  readonly psu: string | null
  readonly members: number
  readonly first: number
  readonly main: number
}

function takesOf(rng: RandomGenerator, stratum: FrameStratum, cases: number, design: SampleDesign): Take[] {
  const { perUnit } = design
  if (perUnit === null) return [{ psu: null, members: stratum.members, first: 1, main: cases }]
  const units = stratum.units.toSorted((a, b) => (a.psu < b.psu ? -1 : 1))
  if (design.certainty.includes(stratum.stratum))
    return units.map(({ psu, members }) => ({ psu, members, first: 1, main: members }))
  const wanted = Math.max(UNITS_MIN, Math.round(cases / perUnit))
  return drawFirstStage(rng, units, Math.min(units.length, wanted)).map(({ psu, members, probability, hits }) => ({
    psu,
    members,
    first: probability,
    main: Math.min(members, Math.round(perUnit * hits)),
  }))
}

type Cell = Omit<DrawnCell, 'forms'>

function drawCell(rng: RandomGenerator, stratum: string, { psu, members, first, main }: Take, reserve: number): Cell {
  return { stratum, psu, members, first, main, positions: randomOrder(rng, members, main + Math.ceil(main * reserve)) }
}

/** Forms are balanced over the main cases of a stratum, and over its replacements in the order in which they would follow. */
function withForms(rng: RandomGenerator, forms: readonly string[], cells: readonly Cell[]): DrawnCell[] {
  const main = randomForms(
    rng,
    forms,
    cells.reduce((sum, cell) => sum + cell.main, 0),
  )
  const rest = randomForms(
    rng,
    forms,
    cells.reduce((sum, cell) => sum + cell.positions.length - cell.main, 0),
  )
  return cells.map((cell) => ({
    ...cell,
    forms: [...main.splice(0, cell.main), ...rest.splice(0, cell.positions.length - cell.main)],
  }))
}

/**
 * Inclusion probability of each case of a cell of which `released` cases are asked. Replacements are the next places of a random
 * order, so all that were released are one larger simple random sample: they lower the weight of every case of the cell, and
 * whoever did not answer stays in it as not answered.
 */
export function inclusionProbability(
  cell: { readonly first: number; readonly members: number },
  released: number,
): number {
  return (cell.first * released) / cell.members
}

/** Weight of each case by design, the inverse of its inclusion probability: how many members of the frame it stands for. */
export function designWeight(cell: { readonly first: number; readonly members: number }, released: number): number {
  return cell.members / (cell.first * released)
}
