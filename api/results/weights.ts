import { z } from 'zod'
import { noteEvent } from '../../db/queries/campaigns.ts'
import { frameTotals, setWeighting } from '../../db/queries/survey-results.ts'
import { designOf, holdCampaign, type Actor, type CampaignKey } from '../campaigns/campaign.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import { attributeColumns, CLASSES_MAX, STRATA_MAX } from '../core/sampling/campaign-design.ts'
import type { Weighting } from '../core/weights/case-weights.ts'
import { frameFaults, weightingFaults, type WeightingFault } from '../core/weights/weighting.ts'
import { decodeCursor, page } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { gatherCampaign } from './gather.ts'
import { summaryOf } from './results.ts'
import { weightingOf } from './settings.ts'

/**
 * How the answers of a campaign are weighed: the settings, what the frame holds by each attribute, margins before and after, and
 * classes of non-response, some at a time, each with its factors.
 * @throws AppError not_found; wrong_state for a draft; malformed_cursor
 */
export async function campaignWeights(
  services: Services,
  key: CampaignKey,
  query: { cursor: string | undefined; limit: number },
) {
  const offset = decodeCursor(query.cursor, z.tuple([z.int().min(0)]))?.[0] ?? 0
  const gathered = await gatherCampaign(services, key)
  const { weights } = gathered.weighed
  const design = designOf(gathered.row)
  const attributes = ['', ...(design === null ? [] : attributeColumns(design))]
  const frame = await services.db.withTenant(key.tenantId, async (trx) => {
    const found: { attribute: string; totals: { value: string; total: number }[] }[] = []
    for (const attribute of attributes)
      found.push({ attribute, totals: await frameTotals(trx, key, attribute, CLASSES_MAX) })
    return found
  })
  const cells = gathered.cells.count(gathered.answers.filter(({ id }) => !gathered.weighed.keptOut.has(id)))
  const classes = page(
    weights.classes.slice(offset, offset + query.limit + 1),
    query.limit,
    ({ cells: own, answers, joined, eligibility, response }) => {
      const sum = (of: 'silent' | 'unknown' | 'ineligible') =>
        own.reduce((total, at) => total + (cells[at]?.[of] ?? 0), 0)
      const names = [...new Set(own.map((at) => nameOf(cells[at], gathered.weighting.classes)))]
      const used = own.flatMap((at) => weights.cells[at] ?? [])
      return {
        names: names.slice(0, NAMES_SHOWN),
        namesOmitted: Math.max(0, names.length - NAMES_SHOWN),
        joined,
        answers,
        silent: sum('silent'),
        unknown: sum('unknown'),
        ineligible: sum('ineligible'),
        eligibility,
        response,
        design: spanOf(used.map((one) => one.design)),
        raking: spanOf(used.map((one) => one.raking)),
        weight: spanOf(used.map((one) => one.weight)),
      }
    },
    () => [offset + query.limit],
  )
  return {
    ...summaryOf(gathered),
    weighting: gathered.weighting,
    frame,
    margins: weights.margins,
    faults: weights.faults,
    classes,
  }
}

/**
 * Sets how the answers of a campaign are weighed, and notes who did and with which totals. The same setting again changes nothing.
 * @throws AppError not_found; wrong_state for a draft; invalid_input
 */
export async function setCampaignWeighting(services: Services, by: Actor, campaignId: number, weighting: Weighting) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  await services.db.withTenant(by.tenantId, async (trx) => {
    const row = await holdCampaign(trx, key)
    if (row.state === 'draft') throw new AppError('wrong_state')
    const design = designOf(row)
    const faults = weightingFaults(weighting, design === null ? [] : attributeColumns(design))
    refuse(faults)
    const frame = new Map<string, Map<string, number>>()
    for (const { attribute } of weighting.margins) {
      const totals = await frameTotals(trx, key, attribute, STRATA_MAX)
      frame.set(attribute, new Map(totals.map(({ value, total }) => [value, total])))
    }
    refuse(frameFaults(weighting, frame))
    const before = weightingOf(row)
    if (canonicalText(before) === canonicalText(weighting)) return
    await setWeighting(trx, key, weighting)
    // totals of a population, of nobody: whoever reads the log can do the weights again
    const detail = { before, after: weighting }
    await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'weighting', detail })
  })
  return campaignWeights(services, key, { cursor: undefined, limit: 50 })
}

/** Joined classes can have hundreds of names. */
const NAMES_SHOWN = 12

function nameOf(
  cell: { stratum: string; attributes: Readonly<Record<string, string>> } | undefined,
  classes: readonly string[],
): string {
  return [cell?.stratum ?? '', ...classes.map((attribute) => cell?.attributes[attribute] ?? '')].join(' | ')
}

function spanOf(values: readonly number[]) {
  return values.length === 0 ? null : { min: Math.min(...values), max: Math.max(...values) }
}

function refuse(faults: readonly WeightingFault[]): void {
  if (faults.length > 0) throw new AppError('invalid_input', faults.slice(0, 50))
}
