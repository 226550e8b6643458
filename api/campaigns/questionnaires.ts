import type { Transaction } from 'kysely'
import { findQuestionnaire, insertQuestionnaire, publishedQuestionnaires } from '../../db/queries/questionnaires.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import type { QuestionnaireKey } from '../core/questionnaire/own.ts'
import { AppError } from '../errors.ts'
import { allShipped, definitionOf, lookUpQuestionnaire } from '../questionnaires/questionnaire.ts'
import type { Services } from '../services.ts'

/** Questionnaires that a campaign can take: the tenant's published ones, then those that ship and were not taken over yet. */
export async function listChoices(services: Services, tenantId: number) {
  const own = await services.db.withTenant(tenantId, (trx) => publishedQuestionnaires(trx, tenantId))
  const taken = new Set(own.map(({ code, version }) => `${code}/${version}`))
  const shipped = allShipped().flatMap(({ code, version, definition }) =>
    taken.has(`${code}/${version}`) ? [] : [definition],
  )
  const view = (definition: Questionnaire, isShipped: boolean) => ({
    code: definition.code,
    version: definition.version,
    title: definition.title,
    population: definition.population,
    forms: definition.forms?.length ?? 1,
    shipped: isShipped,
  })
  return {
    items: [...own.map((row) => view(definitionOf(row), false)), ...shipped.map((one) => view(one, true))],
    next: null,
  }
}

/**
 * The questionnaire that a campaign takes. A shipped one becomes the tenant's own, published, so that the campaign keeps it
 * whatever ships later.
 * @throws AppError invalid_input for one that is unknown, a draft or retired
 */
export async function takeQuestionnaire(
  trx: Transaction<DB>,
  by: { tenantId: number; actor: string; now: Date },
  key: QuestionnaireKey,
): Promise<Questionnaire> {
  const refuse = (code: string): never => {
    throw new AppError('invalid_input', [{ path: 'questionnaire', code }])
  }
  const found = await lookUpQuestionnaire(trx, by.tenantId, key)
  if (found === null) return refuse('unknown_questionnaire')
  if (found.state === 'published') return found.definition
  if (found.state !== 'shipped') return refuse('not_published')
  await insertQuestionnaire(trx, {
    tenant_id: by.tenantId,
    code: key.code,
    version: key.version,
    state: 'published',
    definition: found.text,
    sha256: found.sha256,
    copied_from: null,
    changed_at: by.now,
    changed_by: by.actor,
    published_at: by.now,
    published_by: by.actor,
  })
  return found.definition
}

/** The definition of a campaign's questionnaire. */
export async function questionnaireOf(
  trx: Transaction<DB>,
  tenantId: number,
  key: QuestionnaireKey,
): Promise<Questionnaire> {
  const row = await findQuestionnaire(trx, tenantId, key)
  if (!row) throw new Error('the questionnaire of a campaign is gone')
  return definitionOf(row)
}
