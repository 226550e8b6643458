import type { Transaction } from 'kysely'
import { deleteDraw, insertDraw, type CaseWrite, type CellRow } from '../../db/queries/campaign-draw.ts'
import { allStrata, firstStageUnits } from '../../db/queries/campaign-frame.ts'
import { noteEvent, updateCampaign } from '../../db/queries/campaigns.ts'
import type { DB } from '../../db/schema/tables.ts'
import { CASES_MAX, type CampaignDesign } from '../core/sampling/campaign-design.ts'
import { drawSample, type DrawnCell, type FrameStratum } from '../core/sampling/draw.ts'
import { AppError, type Issue } from '../errors.ts'
import type { Services } from '../services.ts'
import { campaignView, designOf, holdDraft, type Actor, type CampaignKey } from './campaign.ts'
import { questionnaireOf } from './questionnaires.ts'

const ISSUES_LISTED = 50

/**
 * Draws the sample of a draft by its design and a seed, in place of an earlier draw. The same seed again changes nothing, and
 * every draw is noted: nobody can draw until a sample pleases without it being seen.
 * @throws AppError not_found; campaign_frozen; invalid_input for a campaign without design or frame, or a frame that cannot be
 *   sampled as asked, naming each stratum
 */
export async function drawCampaign(services: Services, by: Actor, campaignId: number, seed: number) {
  const key = { tenantId: by.tenantId, campaignId }
  const now = services.now()
  return services.db.withTenant(by.tenantId, async (trx) => {
    const row = await holdDraft(trx, key)
    if (row.seed === seed) return campaignView(trx, key)
    const design = designOf(row)
    if (design === null) throw new AppError('invalid_input', [{ path: 'design', code: 'no_design' }])
    if (row.frame_sha256 === null) throw new AppError('invalid_input', [{ path: 'frame', code: 'no_frame' }])
    const questionnaire = { code: row.questionnaire_code, version: row.questionnaire_version }
    const { forms = [] } = await questionnaireOf(trx, by.tenantId, questionnaire)
    const cells = cellsOf(await frameStrata(trx, key, design), design, { seed, forms })
    await deleteDraw(trx, key)
    const cases = cells.flatMap(casesOf)
    const written = await insertDraw(trx, key, {
      cells: cells.map(cellRow),
      cases,
      twoStage: design.perUnit !== null,
      keyVersion: services.tokenKeys.current,
    })
    if (written !== cases.length) throw new Error('a draw does not fit its frame')
    await updateCampaign(trx, by.tenantId, campaignId, { seed, drawn_at: now, drawn_by: by.actor })
    const detail = { seed, frame: row.frame_sha256, cells: cells.length, cases: written }
    await noteEvent(trx, by.tenantId, campaignId, { at: now, actor: by.actor, action: 'drawn', detail })
    return campaignView(trx, key)
  })
}

/** The strata of a frame as a draw sees them. */
export async function frameStrata(
  trx: Transaction<DB>,
  key: CampaignKey,
  design: CampaignDesign,
): Promise<FrameStratum[]> {
  const strata = await allStrata(trx, key)
  const units = design.perUnit === null ? [] : await firstStageUnits(trx, key)
  const byStratum = Map.groupBy(units, ({ stratum }) => stratum)
  return strata.map(({ stratum, members }) => ({ stratum, members, units: byStratum.get(stratum) ?? [] }))
}

function cellsOf(
  strata: readonly FrameStratum[],
  design: CampaignDesign,
  by: { seed: number; forms: readonly string[] },
): readonly DrawnCell[] {
  const draw = drawSample(strata, design, by)
  if ('faults' in draw) {
    const issues: Issue[] = draw.faults.map(({ code, stratum }) => ({
      path: stratum === null ? 'design.allocation' : `strata.${stratum}`,
      code,
    }))
    throw new AppError('invalid_input', issues.slice(0, ISSUES_LISTED))
  }
  const cases = draw.cells.reduce((sum, { positions }) => sum + positions.length, 0)
  if (cases > CASES_MAX) throw new AppError('invalid_input', [{ path: 'design.allocation', code: 'too_many_cases' }])
  return draw.cells
}

function cellRow({ stratum, psu, members, first, main, positions }: DrawnCell): CellRow {
  const reserve = positions.length - main
  return { stratum, psu: psu ?? '', members, first_probability: first, main, reserve, released: 0 }
}

function casesOf({ stratum, psu, main, positions, forms }: DrawnCell): CaseWrite[] {
  return positions.map((position, i) => ({
    stratum,
    psu: psu ?? '',
    position,
    role: i < main ? 'main' : 'replacement',
    place: i + 1,
    form: forms[i] ?? null,
  }))
}
