import { askedSections } from '../../../api/core/questionnaire/asked.ts'
import { selectionBands } from '../../../api/core/results/bands.ts'
import { indexColumns } from '../../../api/core/results/index-columns.ts'
import { RespondentsBuilder } from '../../../api/core/results/respondents.ts'
import { scoreEdition } from '../../../api/core/results/score-edition.ts'
import { sampledAnswers } from '../../../api/core/results/survey-answers.ts'
import { sampleOf, weighAnswers, type WeighableAnswer } from '../../../api/core/results/weigh-answers.ts'
import { designWeight, drawSample, type SampleDesign } from '../../../api/core/sampling/draw.ts'
import { CellBook, type CellCounts } from '../../../api/core/weights/cell-book.ts'
import type { Weighting } from '../../../api/core/weights/case-weights.ts'
import { PLAIN_WEIGHTING } from '../../../api/core/weights/weighting.ts'
import { seeded } from '../stats/seeded.ts'
import { EDITION, FORM, SECTORS, SIZES, truthColumns, type Firm } from './firms-population.ts'

/** Who answers when asked: log odds by size and sector, and by how content a firm is. */
export interface ResponseModel {
  readonly base: number
  readonly size: readonly number[]
  readonly sector: readonly number[]
  readonly content: number
}

/** How firms are sampled: in strata by size, in one stage or by communes. */
export interface SimulatedDesign {
  readonly total: number
  /** Classes of size × sector, or classes of size raked to the frame's sectors. */
  readonly weighting: 'classes' | 'raking'
  /** Firms in each commune drawn; null: one stage. */
  readonly perUnit: number | null
}

/** What a series of campaigns found, over all elements of the edition (root, sub-indices, indicators). */
export interface SimulationResult {
  readonly campaigns: number
  readonly answers: number
  readonly participation: number
  /** Mean absolute error in points of an indicator's scale (the root's counted as a tenth). */
  readonly errorWeighted: number
  readonly errorUnweighted: number
  /** Part of 95 % intervals that held the truth: of all, and of the element with the fewest. */
  readonly covered: number
  readonly coveredLeast: number
  /** The same of selection bands at the strength given. */
  readonly banded: number
  readonly bandedLeast: number
  readonly deff: number
}

/** The chance that a firm answers. */
export function chanceOf(model: ResponseModel, { size, sector, content }: Firm): number {
  const odds =
    model.base + model.size[SIZES.indexOf(size)]! + model.sector[SECTORS.indexOf(sector)]! + model.content * content
  return 1 / (1 + Math.exp(-odds))
}

/**
 * The largest correlation, over the elements, between answering and the answer that weighting by size and sector leaves: of
 * R·a with Y, a the inverse of the mean chance in the firm's class (Meng 2018).
 */
export function correlationLeft(firms: readonly Firm[], model: ResponseModel): number {
  const chance = firms.map((firm) => chanceOf(model, firm))
  const classes = Map.groupBy(firms.keys(), (f) => `${firms[f]!.size} ${firms[f]!.sector}`)
  const adjusted = new Float64Array(firms.length)
  for (const members of classes.values()) {
    const mean = members.reduce((sum, f) => sum + chance[f]!, 0) / members.length
    for (const f of members) adjusted[f] = 1 / mean
  }
  // R·a has mean 1, and second moment the mean of a² times the chance
  const second = adjusted.reduce((sum, a, f) => sum + a * a * chance[f]!, 0) / firms.length
  const spread = Math.sqrt(second - 1)
  return Math.max(
    ...Array.from(truthColumns(firms).values(), (y) => {
      const mean = y.reduce((sum, value) => sum + value, 0) / y.length
      const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length
      const bias = y.reduce((sum, value, f) => sum + adjusted[f]! * chance[f]! * (value - mean), 0) / y.length
      return Math.abs(bias) / (spread * Math.sqrt(variance))
    }),
  )
}

/** The model with the strength of satisfaction at which that correlation is as wanted, by halving. */
export function withCorrelation(firms: readonly Firm[], model: ResponseModel, rho: number): ResponseModel {
  let [low, high] = [0, 3]
  for (let step = 0; step < 40; step += 1) {
    const content = (low + high) / 2
    if (correlationLeft(firms, { ...model, content }) < rho) low = content
    else high = content
  }
  return { ...model, content: low }
}

/**
 * Runs campaigns over one population through the product's own code: draw, weights by stratum and sector, codebook, columns,
 * linearisation, scores, selection band. Only who answers is simulated.
 */
export function simulateCampaigns(
  firms: readonly Firm[],
  model: ResponseModel,
  design: SimulatedDesign,
  { campaigns, seed, rho }: { campaigns: number; seed: number; rho: number },
): SimulationResult {
  const random = seeded(seed)
  const chances = firms.map((firm) => chanceOf(model, firm))
  const byCode = truthColumns(firms)
  const columns = [...byCode.values()]
  const truth = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / firms.length)
  const places = new Map([...byCode.keys()].map((code, place) => [code, place]))
  const frame = frameOf(firms, design)
  const scale = (element: number) => (element === 0 ? 0.1 : 1)
  let [answers, asked, weighted, unweighted, deff] = [0, 0, 0, 0, 0]
  const covered = truth.map(() => 0)
  const banded = truth.map(() => 0)
  for (let run = 0; run < campaigns; run += 1) {
    const drawn = drawCases(frame, design, seed * 1000 + run)
    const said = drawn.filter(({ firm }) => random() < chances[firm]!)
    const { elements, nEffect, unevenness } = resultsOf(firms, drawn, said, design.weighting)
    const participation = said.length / drawn.length
    answers += said.length
    asked += drawn.length
    deff += nEffect
    const bands = selectionBands(EDITION, elements, { participation, unevenness }, rho)
    for (const [at, { code, estimate }] of elements.entries()) {
      const element = places.get(code)!
      if (estimate.est === null) throw new Error('a figure of a whole campaign is hidden')
      const plain = said.reduce((sum, { firm }) => sum + columns[element]![firm]!, 0) / said.length
      weighted += scale(element) * Math.abs(estimate.est - truth[element]!)
      unweighted += scale(element) * Math.abs(plain - truth[element]!)
      const holds = ({ lo, hi }: { lo: number | null; hi: number | null }) =>
        Number((lo ?? Infinity) <= truth[element]! && truth[element]! <= (hi ?? -Infinity))
      covered[element]! += holds(estimate)
      banded[element]! += holds(bands[at] ?? estimate)
    }
  }
  const figures = campaigns * truth.length
  const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / figures
  return {
    campaigns,
    answers: answers / campaigns,
    participation: answers / asked,
    errorWeighted: weighted / figures,
    errorUnweighted: unweighted / figures,
    covered: mean(covered),
    coveredLeast: Math.min(...covered) / campaigns,
    banded: mean(banded),
    bandedLeast: Math.min(...banded) / campaigns,
    deff: deff / campaigns,
  }
}

interface Case {
  readonly firm: number
  readonly stratum: string
  readonly psu: string
  readonly weight: number
}
/** Firms by stratum, and by commune in it where there are two stages, in order of their codes. */
type Frame = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>

function frameOf(firms: readonly Firm[], { perUnit }: SimulatedDesign): Frame {
  const stratumOf = (firm: Firm) => (perUnit === null ? firm.size : firm.size === 'micro' ? 'micro' : 'larger')
  const strata = Map.groupBy(firms.keys(), (f) => stratumOf(firms[f]!))
  return new Map(
    [...strata].map(([stratum, members]) => [
      stratum,
      Map.groupBy(members, (f) => (perUnit === null ? '' : firms[f]!.commune)),
    ]),
  )
}

function drawCases(frame: Frame, { total, perUnit }: SimulatedDesign, seed: number): Case[] {
  const strata = [...frame].map(([stratum, units]) => {
    const members = [...units.values()].reduce((sum, list) => sum + list.length, 0)
    const list = [...units].map(([psu, own]) => ({ psu, members: own.length, size: own.length }))
    return { stratum, members, units: perUnit === null ? [] : list }
  })
  const plan: SampleDesign = {
    allocation: { kind: 'proportional', total, minimum: 60 },
    certainty: [],
    perUnit,
    reserve: 0,
  }
  const draw = drawSample(strata, plan, { seed })
  if ('faults' in draw) throw new Error(JSON.stringify(draw.faults))
  return draw.cells.flatMap((cell) => {
    const members = frame.get(cell.stratum)!.get(cell.psu ?? '')!
    const weight = designWeight(cell, cell.main)
    return cell.positions.map((at) => ({ firm: members[at]!, stratum: cell.stratum, psu: cell.psu ?? '', weight }))
  })
}

function resultsOf(
  firms: readonly Firm[],
  drawn: readonly Case[],
  said: readonly Case[],
  how: SimulatedDesign['weighting'],
) {
  const attributes = ['size', 'sector']
  const valuesOf = ({ firm }: Case) => [firms[firm]!.size, firms[firm]!.sector]
  const cells = new Map<string, { -readonly [K in keyof CellCounts]: CellCounts[K] }>()
  const answered = new Set(said)
  for (const one of drawn) {
    const key = JSON.stringify([one.stratum, one.psu, ...valuesOf(one)])
    const { stratum, psu, weight } = one
    const empty = {
      stratum,
      psu,
      values: valuesOf(one),
      design: weight,
      complete: 0,
      silent: 0,
      unknown: 0,
      ineligible: 0,
    }
    const cell = cells.get(key) ?? empty
    if (answered.has(one)) cell.complete += 1
    else cell.silent += 1
    cells.set(key, cell)
  }
  const builder = new RespondentsBuilder(FORM)
  const signs = { msPerQuestion: null, blocks: 0, sameBlocks: 0, asked: 6, given: 6 }
  const list = said.map((one, at): WeighableAnswer => {
    const { says } = firms[one.firm]!
    const answers = Object.fromEntries(says.map((option, i) => [`Q${i}`, String(5 - option)]))
    builder.add(askedSections(FORM, answers), answers, { unit: null, form: null })
    return { id: String(at), stratum: one.stratum, psu: one.psu, values: valuesOf(one), signs }
  })
  const weighting: Weighting =
    how === 'classes'
      ? { ...PLAIN_WEIGHTING, classes: attributes }
      : { classes: ['size'], margins: [{ attribute: 'sector', totals: frameTotals(firms) }], cap: 5 }
  const weighed = weighAnswers(list, [], new CellBook(attributes, [...cells.values()]), weighting)
  const respondents = builder.build()
  const columns = indexColumns(EDITION, FORM, respondents)
  const { whole } = scoreEdition(EDITION, columns, sampledAnswers(respondents, sampleOf(list, weighed), columns))
  const { effect, unevenness } = weighed.weights
  return { elements: whole, nEffect: effect.deff ?? 1, unevenness }
}

function frameTotals(firms: readonly Firm[]) {
  return [...Map.groupBy(firms, ({ sector }) => sector)].map(([value, { length: total }]) => ({ value, total }))
}

/** Larger firms and those that make things answer more often: in all about a third. */
export const FRAME_ONLY: ResponseModel = {
  base: -1.1,
  size: [-0.7, 0.3, 0.9, 1.3],
  sector: [-0.7, 0.8, -0.5, 0.1, 0.3],
  content: 0,
}
export const POPULATION = { firms: 12_000, seed: 20261128 }
export const ONE_STAGE: SimulatedDesign = { total: 1800, weighting: 'classes', perUnit: null }
export const TWO_STAGES: SimulatedDesign = { total: 1800, weighting: 'classes', perUnit: 30 }
