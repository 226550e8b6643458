import { createCampaign } from '../../api/campaigns/write.ts'
import { drawCampaign } from '../../api/campaigns/draw.ts'
import { openCampaign } from '../../api/campaigns/open.ts'
import type { SurveyAnswers } from '../../api/core/questionnaire/definition.ts'
import { campaignResults, questionPage } from '../../api/results/results.ts'
import { setCampaignWeighting } from '../../api/results/weights.ts'
import { refreshStatistics } from '../../db/statistics.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { quantile, type Benchmark } from '../support/benchmark.ts'
import { bringFrame, campaignInput, firms, FRAME_DESIGN } from '../support/campaign.ts'
import { fillAnswers } from '../support/survey-answers.ts'
import { buildWorld } from '../support/world.ts'
import { benchDatabase } from './support/database.ts'
import { sayAnswers } from './support/said-answers.ts'

/**
 * A campaign of 50,000 sampled and 12,000 answers to the 60-item business survey: weights by classes and a margin, and all
 * sub-indicators of the index with their covariances, from the rows; beside reading the same rows and counting what was said to each
 * question, with no weight, interval or sensitive answer. `--sampled N --answers N --rounds N`.
 */
export const benchmark: Benchmark = async (options) => {
  const sampled = options.number('sampled', 50_000)
  const complete = options.number('answers', 12_000)
  const rounds = options.number('rounds', 9)
  const database = await benchDatabase()
  const world = await buildWorld(database)
  const { services, sql, tenant } = world
  const by = { tenantId: tenant.id, actor: 'bench' }
  try {
    const [questionnaire] = shippedQuestionnaires
    if (!questionnaire) throw new Error('no questionnaire ships')
    const allocation = { kind: 'proportional' as const, total: sampled, minimum: 2 }
    const design = { ...FRAME_DESIGN, contacts: null, allocation, reserve: 0 }
    const asked = { code: questionnaire.code, version: questionnaire.version }
    const { campaign } = await createCampaign(services, by, campaignInput({ design, questionnaire: asked }))
    const key = { tenantId: tenant.id, campaignId: campaign.id }
    options.progress(`campaign of ${sampled}`)
    await bringFrame(world, campaign.id, firms(2 * sampled))
    await drawCampaign(services, by, campaign.id, 1)
    await openCampaign(services, by, campaign.id)
    options.progress(`${complete} answers`)
    const about = { tenantId: tenant.id, id: campaign.id, questionnaire }
    await fillAnswers(sql, about, { complete, partial: complete / 10 })
    await sayAnswers(sql, services.tokenKeys, about)
    await refreshStatistics(database.ownerUrl)
    const sectors = await sql<{ value: string; total: number }[]>`
      select attributes ->> 'Ngành' as value, count(*)::int as total from campaign_frame where campaign_id = ${campaign.id} group by 1`
    const margins = [{ attribute: 'Ngành', totals: sectors.map(({ value, total }) => ({ value, total })) }]
    await setCampaignWeighting(services, by, campaign.id, { classes: ['Ngành'], margins, cap: 5 })
    const newAnswer = () => sql`
      update survey_answer set received_at = received_at + interval '1 second' where id = (
        select id from survey_answer where campaign_id = ${campaign.id} and complete limit 1)`
    const plain = async () => {
      const rows = await sql<{ answers: SurveyAnswers }[]>`
        select answers from survey_answer where campaign_id = ${campaign.id} and complete and standing = 'main'`
      const counts = new Map<string, number>()
      for (const { answers } of rows)
        for (const [code, answer] of Object.entries(answers)) {
          const name = `${code} ${JSON.stringify(answer)}`
          counts.set(name, (counts.get(name) ?? 0) + 1)
        }
      return counts
    }
    const runs = {
      first: () => campaignResults(services, key, {}),
      again: () => campaignResults(services, key, {}),
      questions: () => questionPage(services, key, { cursor: undefined, limit: 200 }),
      plain,
    }
    const times = { first: [] as number[], again: [] as number[], questions: [] as number[], plain: [] as number[] }
    options.progress('results')
    for (let round = 0; round <= rounds; round += 1) {
      await newAnswer()
      for (const name of ['first', 'again', 'questions', 'plain'] as const) {
        const started = performance.now()
        await runs[name]()
        // the first round warms up
        if (round > 0) times[name].push(performance.now() - started)
      }
    }
    const of = (name: keyof typeof times, part: number) =>
      quantile(
        times[name].toSorted((a, b) => a - b),
        part,
      )
    const baseline = { name: 'the same rows read and counted, no weights', value: of('plain', 0.5) }
    const note = `${sampled} cases, ${complete} answers, ${rounds} rounds; slowest`
    const found = await campaignResults(services, key, {})
    if (found.weights.n !== complete || found.chosen?.elements[0]?.estimate.est === null)
      throw new Error('the results are not whole')
    const line = (name: string, run: keyof typeof times) => ({
      name,
      unit: 'ms',
      value: of(run, 0.5),
      baseline,
      note: `${note} ${Math.round(of(run, 1))}`,
    })
    return [
      line('weights and all sub-indicators, right after an answer', 'first'),
      line('the same when nothing has changed', 'again'),
      line('all questions with shares and intervals', 'questions'),
    ]
  } finally {
    await world.stop()
    await database.drop()
  }
}
