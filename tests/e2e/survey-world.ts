import type { Questionnaire } from '../../api/core/questionnaire/definition.ts'
import { textOf } from '../../api/questionnaires/questionnaire.ts'
import { publishDraft, storeDraft } from '../../api/questionnaires/write.ts'
import { FRAME_DESIGN, firms, openWorldCampaign, type OpenCase } from '../support/campaign.ts'
import { buildWorld, type World } from '../support/world.ts'
import { everyKind } from './every-kind.ts'

/** What is stored for a case. */
export interface StoredAnswer {
  readonly id: string
  readonly revision: number
  readonly complete: boolean
  readonly answers: Record<string, unknown>
  readonly language: string
  readonly item_ms: Record<string, number>
}

/** A tenant with campaigns of firms, made and opened by the product's own use cases. */
export interface SurveyWorld {
  readonly world: World
  /** A case of the campaign with every kind of question, which nobody else has got. */
  fresh(): OpenCase
  /** Opens another campaign. */
  open(given: Parameters<typeof openWorldCampaign>[1]): Promise<OpenCase[]>
  /** Answers of a case; there is never more than one. */
  stored(one: OpenCase): Promise<StoredAnswer[]>
  /** Sensitive answers of the campaign of a case, each apart from whom they are of. */
  apart(one: OpenCase): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** @param urls a migrated database with reference data, of one test file; `cases` how many are drawn */
export async function surveyWorld(urls: { url: string; ownerUrl: string }, cases = 60): Promise<SurveyWorld> {
  const world = await buildWorld(urls)
  await publish(world, everyKind)
  const allocation = { kind: 'proportional' as const, total: cases, minimum: 2 }
  const left = (
    await openWorldCampaign(world, {
      input: {
        questionnaire: { code: everyKind.code, version: everyKind.version },
        design: { ...FRAME_DESIGN, allocation },
      },
      lines: firms(cases * 2),
    })
  ).cases
  return {
    world,
    fresh: () => {
      const one = left.pop()
      if (one === undefined) throw new Error('more cases are needed')
      return one
    },
    open: async (given) => (await openWorldCampaign(world, given)).cases,
    stored: (one) =>
      world.sql<StoredAnswer[]>`
        select id, revision, complete, answers, language, item_ms from survey_answer where case_id = ${one.id}`,
    apart: async (one) => {
      const rows = await world.sql<{ answers: Record<string, unknown> }[]>`
        select p.answers from survey_private p join survey_case c on c.campaign_id = p.campaign_id where c.id = ${one.id}`
      return rows.map(({ answers }) => answers)
    },
    stop: () => world.stop(),
  }
}

/** Publishes a questionnaire of the tenant's own. */
export async function publish({ services, tenant }: World, questionnaire: Questionnaire): Promise<void> {
  const by = { tenantId: tenant.id, actor: 'test' }
  await services.db.withTenant(tenant.id, (trx) => storeDraft(trx, services, by, questionnaire, null))
  await publishDraft(services, by, questionnaire, textOf(questionnaire).sha256)
}
