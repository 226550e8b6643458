import { submitSurveyAnswer } from '../../api/surveys/submit.ts'
import { closeCampaign } from '../../api/campaigns/open.ts'
import { surveyAnswerSchema } from '../../api/surveys/schema.ts'
import { firms, FRAME_DESIGN, openWorldCampaign, type OpenCase } from './campaign.ts'
import { ENOUGH, surveyBody, type SurveyBody } from './survey.ts'
import type { World } from './world.ts'

/** A campaign that some of its cases have answered through the product's own door. */
export async function answeredCampaign(
  world: World,
  given: Parameters<typeof openWorldCampaign>[1],
  /** What a case sends; null: nothing. */
  says: (one: OpenCase, at: number) => Partial<SurveyBody> | null,
): Promise<{ id: number; cases: OpenCase[] }> {
  const campaign = await openWorldCampaign(world, given)
  for (const [at, one] of campaign.cases.entries()) {
    const body = says(one, at)
    if (body === null) continue
    const whole = surveyBody(one.token, { complete: true, itemMs: {}, answers: { ...ENOUGH }, ...body })
    await submitSurveyAnswer(world.services, surveyAnswerSchema.parse(whole), null)
  }
  return campaign
}

/** Ends a campaign, from when on its sensitive answers are told. */
export const ended = (world: World, id: number) =>
  closeCampaign(world.services, { tenantId: world.tenant.id, actor: 'test' }, id)

/** All firms are asked, so that every design weight is 1. */
const EVERYBODY = { ...FRAME_DESIGN, allocation: { kind: 'proportional' as const, total: 80, minimum: 2 }, reserve: 0 }
/** Of 80 cases by their place: one in four is silent, one in ten in a hurry, one in five rates SNV beside SXD. */
export const isSilent = (at: number): boolean => at % 4 === 3
const isFast = (at: number) => at % 10 === 0
export const ratesBoth = (at: number): boolean => at % 5 === 0
/** Whether policy is clear: "3" agrees, "2" does not. */
export const clear = (at: number): string => (at % 8 < 5 ? '3' : '2')
const ONE_IN_THREE = ['D_SERVICE_VISITS', 'D_SERVICE_SKILL', 'D_FAIR_INFO', 'D_LEAD_ACTS', 'D_LEAD_ANSWERS']

/** 60 of 80 firms rate departments, a few questions skipped, one not known, one sensitive. */
export async function ratedCampaign(
  world: World,
  title = 'Khảo sát DDCI thử',
): Promise<{ id: number; cases: OpenCase[] }> {
  const { SXD, SNV } = world.units
  const about = (unit: number, at: number) => ({
    [`D_POLICY_CLEAR@${unit}`]: clear(at),
    [`D_POLICY_SAME@${unit}`]: isFast(at) ? clear(at) : at % 8 === 0 ? '4' : '2',
    [`D_POLICY_DONE@${unit}`]: at % 4 === 0 ? { na: true } : '3',
    [`D_COST_PAY@${unit}`]: '1',
    ...Object.fromEntries(
      ONE_IN_THREE.map((code, i) => [`${code}@${unit}`, isFast(at) || (at + i) % 3 === 0 ? '1' : '3']),
    ),
    [`D_OVERALL@${unit}`]: String(1 + (at % 5)),
  })
  const input = { title, questionnaire: { code: 'ddci-form', version: 1 }, design: EVERYBODY }
  return answeredCampaign(world, { input, lines: firms(80) }, (_, at) => {
    if (isSilent(at)) return null
    const units = ratesBoth(at) ? [SXD, SNV] : [SXD]
    const ratings = Object.assign({}, ...units.map((unit) => about(unit, at))) as Record<string, unknown>
    return {
      questionnaire: input.questionnaire,
      answers: { WHOM: 'departments', DEPARTMENTS: units.map(String), ...ratings },
      itemMs: { [`D_OVERALL@${SXD}`]: isFast(at) ? 400 : 5000, WHOM: isFast(at) ? 300 : 4000 },
    }
  })
}
