import { submitSurveyAnswer } from '../../api/surveys/submit.ts'
import { surveyAnswerSchema } from '../../api/surveys/schema.ts'
import { openWorldCampaign, type OpenCase } from './campaign.ts'
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
