import { campaignLine, type CampaignKey } from '../campaigns/campaign.ts'
import { SELECTION_RHO } from '../core/index/compare/selection-band.ts'
import { itemFinder } from '../core/questionnaire/series.ts'
import { bandOf, type IndexDefinition } from '../core/index/definition.ts'
import { editionKey } from '../core/index/edition.ts'
import { elementsOf } from '../core/index/run/elements.ts'
import { selectionBands } from '../core/results/bands.ts'
import { apartIndicators, indexColumns } from '../core/results/index-columns.ts'
import { questionResults } from '../core/results/questions.ts'
import { scoreEdition, type EditionScores } from '../core/results/score-edition.ts'
import { sampledAnswers } from '../core/results/survey-answers.ts'
import type { PublishedElement } from '../core/disclosure/index-scores.ts'
import { decodeCursor, page } from '../cursor.ts'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { Edition } from '../indices/editions/edition.ts'
import type { Services } from '../services.ts'
import { unitNames } from '../../db/queries/units.ts'
import { editionsAsking } from './editions.ts'
import { gatherCampaign, type CampaignAnswers } from './gather.ts'

/** Which edition's scores, and for which strength of selection. */
export interface ResultsQuery {
  readonly edition?: string | undefined
  readonly rho?: number | undefined
}

/**
 * Results of a campaign as a whole: every edition that its questionnaire feeds with the root's score, and of one of them all elements
 * with sampling interval and selection band.
 * @throws AppError not_found for the campaign or the edition; wrong_state for a draft
 */
export async function campaignResults(services: Services, key: CampaignKey, query: ResultsQuery) {
  const gathered = await gatherCampaign(services, key)
  const editions = await editionsOf(services, key, gathered)
  const chosen = chosenEdition(editions, query.edition)
  const rho = query.rho ?? SELECTION_RHO
  return {
    ...summaryOf(gathered),
    rho,
    editions: editions.map(({ id, edition, definition }) => ({ id, edition, label: definition.label })),
    chosen: chosen && editionView(chosen, scoresOf(gathered, chosen), gathered, rho),
  }
}

/**
 * Scores of units, by unit: nodes from the root down, then indicators.
 * @throws AppError as `campaignResults`; malformed_cursor
 */
export async function unitResults(
  services: Services,
  key: CampaignKey,
  query: ResultsQuery & { cursor: string | undefined; limit: number },
) {
  const after = decodeCursor(query.cursor, z.tuple([z.int()]))?.[0] ?? 0
  const gathered = await gatherCampaign(services, key)
  const chosen = chosenEdition(await editionsOf(services, key, gathered), query.edition)
  const units = chosen === null ? [] : scoresOf(gathered, chosen).units
  const rows = units.filter(({ unit }) => unit > after).slice(0, query.limit + 1)
  const names = await services.db.withTenant(key.tenantId, (trx) =>
    unitNames(
      trx,
      rows.map(({ unit }) => unit),
    ),
  )
  return page(
    rows,
    query.limit,
    ({ unit, elements }) => ({
      unit: { id: unit, name: names.get(unit) ?? '' },
      elements: chosen === null ? [] : elementViews(chosen, elements, gathered),
    }),
    ({ unit }) => [unit],
  )
}

/**
 * Results question by question, in the order of the questionnaire.
 * @throws AppError as `gatherCampaign`; malformed_cursor
 */
export async function questionPage(
  services: Services,
  key: CampaignKey,
  query: { cursor: string | undefined; limit: number },
) {
  const offset = decodeCursor(query.cursor, z.tuple([z.int().min(0)]))?.[0] ?? 0
  const { row, questionnaire, respondents, sample } = await gatherCampaign(services, key)
  const all = questionResults(questionnaire, respondents, sample, row.state === 'closed')
  return page(
    all.slice(offset, offset + query.limit + 1),
    query.limit,
    (one) => one,
    () => [offset + query.limit],
  )
}

/** What stands at the head of every page of results: how many were asked and answered, and what the weights cost. */
export function summaryOf({ row, cases, responseRate, weighed }: CampaignAnswers) {
  const { effect, population, capped, faults } = weighed.weights
  return {
    campaign: campaignLine(row),
    cases,
    responseRate,
    keptOut: weighed.keptOut.size,
    weights: {
      n: effect.n,
      deff: effect.deff,
      nEff: effect.nEff,
      warnings: [...effect.warnings, ...(faults.length > 0 ? (['margins_left_aside'] as const) : [])],
      population,
      capped,
    },
  }
}

/** Scores of an edition from the answers that count; of those that are kept apart only once no more come in. */
export function scoresOf(
  { row, questionnaire, respondents, sample }: CampaignAnswers,
  { definition }: Edition,
): EditionScores {
  const apart = apartIndicators(definition, questionnaire)
  const columns = indexColumns(definition, questionnaire, respondents).filter(
    ({ code }) => row.state === 'closed' || !apart.has(code),
  )
  const { whole, units } = scoreEdition(definition, columns, sampledAnswers(respondents, sample, columns))
  // how many answered what is asked only on account of a sensitive answer tells that answer
  const told = withParents(apart, definition)
  const bare = (elements: readonly PublishedElement[]) =>
    elements.map((one) =>
      one.stage === 'hidden' && told.has(one.code)
        ? { ...one, estimate: { ...one.estimate, n: null }, needed: null }
        : one,
    )
  return { whole: bare(whole), units: units.map(({ unit, elements }) => ({ unit, elements: bare(elements) })) }
}

/** @throws AppError not_found for the name of an edition that the campaign does not feed */
export function chosenEdition(editions: readonly Edition[], name: string | undefined): Edition | null {
  if (name === undefined) return editions[0] ?? null
  const found = editions.find(({ id, edition }) => `${id}@${edition}` === name)
  if (found === undefined) throw new AppError('not_found')
  return found
}

/** Editions that a campaign feeds. */
export function editionsOf(
  services: Services,
  { tenantId }: CampaignKey,
  { questionnaire }: Pick<CampaignAnswers, 'questionnaire'>,
): Promise<Edition[]> {
  return services.db.withTenant(tenantId, (trx) => editionsAsking(trx, tenantId, questionnaire))
}

function editionView(edition: Edition, { whole, units }: EditionScores, gathered: CampaignAnswers, rho: number) {
  const bands = selectionBands(edition.definition, whole, gathered, rho)
  return {
    ...editionKey(edition.definition),
    label: edition.definition.label,
    scale: edition.definition.scale,
    sha256: edition.sha256,
    units: units.length,
    elements: elementViews(edition, whole, gathered).map((one, at) => ({ ...one, selection: bands[at] ?? null })),
  }
}

function elementViews(
  { definition }: Edition,
  published: readonly PublishedElement[],
  { row: { state }, questionnaire }: Pick<CampaignAnswers, 'row' | 'questionnaire'>,
) {
  const { elements } = elementsOf(definition)
  const apart = apartIndicators(definition, questionnaire)
  const find = itemFinder(questionnaire)
  return published.map(({ code, present, of, clipped, estimate, stage, needed }, at) => {
    const element = elements[at]
    const row = element?.row
    const from = element?.kind === 'indicator' ? element.row.from : undefined
    return {
      code,
      kind: element?.kind ?? 'node',
      parent: row?.parent ?? null,
      label: row?.label ?? { vi: code, en: code },
      item: from !== undefined && 'item' in from ? find(from.instrument, from.item) : null,
      statistic: from !== undefined && 'item' in from ? from.statistic : null,
      present,
      of,
      clipped,
      estimate,
      stage,
      needed,
      withheld: apart.has(code) && state !== 'closed' ? ('until_closed' as const) : null,
      band:
        element?.kind === 'node' && estimate.est !== null ? (bandOf(element.row, estimate.est)?.label ?? null) : null,
    }
  })
}

/** Codes of indicators together with those of all nodes above them. */
function withParents(codes: ReadonlySet<string>, definition: IndexDefinition): Set<string> {
  const all = new Set(codes)
  for (const { row } of elementsOf(definition).elements.toReversed())
    if (all.has(row.code) && row.parent !== null) all.add(row.parent)
  return all
}
