import { fieldReport, fieldStrata } from '../../api/campaigns/field.ts'
import { refreshStatistics } from '../../db/statistics.ts'
import { shippedQuestionnaires } from '../../db/seeds/questionnaires/shipped.ts'
import { quantile, type Benchmark, type Measurement } from '../support/benchmark.ts'
import { bringFrame, campaignInput, firms, FRAME_DESIGN } from '../support/campaign.ts'
import { fillAnswers } from '../support/survey-answers.ts'
import { buildWorld } from '../support/world.ts'
import { createCampaign } from '../../api/campaigns/write.ts'
import { drawCampaign } from '../../api/campaigns/draw.ts'
import { openCampaign } from '../../api/campaigns/open.ts'
import { benchDatabase } from './support/database.ts'

const ROUNDS = 15

/**
 * A campaign of 50,000 sampled of 100,000 and 12,000 answers: reading its frame, drawing and opening it, and the field report beside
 * plain counts of the same cases and answers in SQL.
 */
export const benchmark: Benchmark = async (options) => {
  const sampled = options.number('sampled', 50_000)
  const complete = options.number('answers', 12_000)
  const database = await benchDatabase()
  const world = await buildWorld(database)
  const { services, sql, tenant } = world
  const by = { tenantId: tenant.id, actor: 'bench' }
  try {
    const [questionnaire] = shippedQuestionnaires
    if (!questionnaire) throw new Error('no questionnaire ships')
    const design = {
      ...FRAME_DESIGN,
      allocation: { kind: 'proportional' as const, total: sampled, minimum: 2 },
      reserve: 0.1,
    }
    const asked = { code: questionnaire.code, version: questionnaire.version }
    const { campaign } = await createCampaign(services, by, campaignInput({ design, questionnaire: asked }))
    const key = { tenantId: tenant.id, campaignId: campaign.id }
    const measured: Measurement[] = []
    const once = async (name: string, work: () => Promise<unknown>) => {
      options.progress(name)
      const started = performance.now()
      await work()
      measured.push({ name, unit: 'ms', value: performance.now() - started })
    }
    const lines = firms(2 * sampled)
    await once(`frame of ${2 * sampled} with contacts`, () => bringFrame(world, campaign.id, lines))
    await once(`draw of ${sampled}`, () => drawCampaign(services, by, campaign.id, 1))
    await once(`opening with ${sampled} secrets`, () => openCampaign(services, by, campaign.id))
    options.progress('answers')
    await fillAnswers(
      sql,
      { tenantId: tenant.id, id: campaign.id, questionnaire },
      { complete, partial: complete / 10 },
    )
    await refreshStatistics(database.ownerUrl)
    const runs = {
      report: () => fieldReport(services, key),
      strata: () => fieldStrata(services, key, { cursor: undefined, limit: 200 }),
      plain: () =>
        sql`
          select stratum, state, disposition, count(*) from survey_case where campaign_id = ${campaign.id} group by 1, 2, 3`.then(
          () => sql`select complete, count(*) from survey_answer where campaign_id = ${campaign.id} group by 1`,
        ),
    }
    const times = { report: [] as number[], strata: [] as number[], plain: [] as number[] }
    options.progress('reports')
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const name of ['report', 'strata', 'plain'] as const) {
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
    const baseline = { name: 'plain counts of cases and answers', value: of('plain', 0.5) }
    const note = `${sampled} cases, ${complete} complete answers, ${ROUNDS} rounds`
    measured.push(
      { name: 'field report, median', unit: 'ms', value: of('report', 0.5), baseline, note },
      { name: 'field report, slowest', unit: 'ms', value: of('report', 1), note },
      { name: 'field report by strata, median', unit: 'ms', value: of('strata', 0.5), baseline, note },
    )
    return measured
  } finally {
    await world.stop()
    await database.drop()
  }
}
