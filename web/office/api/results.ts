import { query } from '@solidjs/router'
import type { Text } from '../../i18n/i18n.ts'
import { search, send, sendJson } from './http.ts'
import type { Estimate, Page, UnitRef } from './types.ts'

/** What is shown of an estimate: nothing, the interval alone, or the value too. */
export type Shown = { estimate: Estimate; stage: 'hidden' | 'interval_only' | 'full'; needed: number | null }
export type Selection = {
  rho: number
  participation: number
  reach: number
  lo: number
  hi: number
  worth: number | null
}
export type ResultElement = Shown & {
  code: string
  kind: 'node' | 'indicator'
  parent: string | null
  label: Text
  item: string | null
  present: number
  of: number
  withheld: Withheld
  band: Text | null
}
export type WeightWarning = 'uneven_weights' | 'too_few_effective' | 'margins_left_aside'
/** Why nothing is told of what is kept apart. */
export type Withheld = 'until_closed' | 'too_few' | null
/** What stands at the head of every page. */
export type Summary = {
  campaign: { id: number; title: string; state: 'open' | 'closed' }
  cases: { asked: number; answered: number; silent: number; unknown: number; ineligible: number; quotaFull: number }
  responseRate: Estimate
  keptOut: number
  weights: {
    n: number
    deff: number | null
    nEff: number | null
    warnings: WeightWarning[]
    population: number
    capped: number
  }
}
export type EditionName = { id: string; edition: string; label: Text }
export type Results = Summary & {
  rho: number
  editions: EditionName[]
  chosen:
    | (EditionName & {
        scale: { min: number; max: number }
        units: number
        elements: (ResultElement & { selection: Selection | null })[]
      })
    | null
}
export type UnitResult = { unit: UnitRef; elements: ResultElement[] }
export type Counts = { asked: number; answered: number; dontKnow: number; skipped: number; notAsked: number }
export type Question = {
  code: string
  type: string
  section: string
  repeats: boolean
  label: Text
  short: Text
  sensitive: boolean
  minimum: number
  counts: Counts | null
  withheld: Withheld
  options: { code: string; label: Text; favourable: boolean; share: Shown }[]
  mean: Shown | null
  unit: Text | null
}
export type Weighting = {
  classes: string[]
  margins: { attribute: string; totals: { value: string; total: number }[] }[]
  cap: number | null
}
type Span = { min: number; max: number } | null
export type ResponseClass = {
  names: string[]
  namesOmitted: number
  joined: string[]
  answers: number
  silent: number
  unknown: number
  ineligible: number
  eligibility: number | null
  response: number | null
  design: Span
  raking: Span
  weight: Span
}
export type Weights = Summary & {
  weighting: Weighting
  frame: Weighting['margins']
  margins: { attribute: string; value: string; total: number; before: number; after: number }[]
  faults: { code: string; attribute: string; value: string | null }[]
  classes: Page<ResponseClass>
}
export type RuleCode = 'speeding_and_straight_lining' | 'speeding' | 'straight_lining' | 'item_nonresponse'
export type Rule = { code: RuleCode; limit: number }
export type Quality = Summary & {
  pace: number | null
  timed: number
  rules: (Rule & { inForce: boolean; told: number; keptOut: number })[]
  questions: ({ [Count in keyof Counts]: number | null } & {
    code: string
    section: string
    short: Text
    sensitive: boolean
    repeats: boolean
    withheld: Withheld
  })[]
  score: (EditionName & { with: Shown | null; without: Shown | null }) | null
}

const one = (id: number) => `/api/campaigns/${id}`

/** Reads. */
export const getResults = query(
  (id: number, edition: string | null, rho: number | null) =>
    send<Results>(`${one(id)}/results${search({ edition, rho })}`),
  'campaign-results',
)
export const getUnitResults = query(
  (id: number, edition: string | null, cursor: string | null) =>
    send<Page<UnitResult>>(`${one(id)}/results/units${search({ edition, cursor, limit: 50 })}`),
  'campaign-unit-results',
)
export const getQuestions = query(
  (id: number, cursor: string | null) =>
    send<Page<Question>>(`${one(id)}/results/questions${search({ cursor, limit: 30 })}`),
  'campaign-questions',
)
export const getWeights = query(
  (id: number, cursor: string | null) => send<Weights>(`${one(id)}/weights${search({ cursor, limit: 50 })}`),
  'campaign-weights',
)
export const getQuality = query((id: number) => send<Quality>(`${one(id)}/quality`), 'campaign-quality')

/** Writes. */
export const putWeighting = (id: number, weighting: Weighting): Promise<Weights> =>
  sendJson('PUT', `${one(id)}/weights`, weighting)
export const putRules = (id: number, rules: Rule[]): Promise<Quality> =>
  sendJson('PUT', `${one(id)}/quality`, { rules })
