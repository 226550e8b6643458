import { listQuestionnaires, questionnaireKeys } from '../../db/queries/questionnaires.ts'
import type { QuestionnaireKey } from '../core/questionnaire/own.ts'
import { questionnaireFaults } from '../core/questionnaire/validate.ts'
import type { Services } from '../services.ts'
import {
  allShipped,
  ownQuestionnaire,
  questionnaireView,
  readQuestionnaire,
  type QuestionnaireVersion,
} from './questionnaire.ts'

/** Shipped questionnaires that were not taken over, then the tenant's own. */
export async function listAllQuestionnaires(
  services: Services,
  tenantId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: ReturnType<typeof questionnaireView>[]; nextOffset: number | null }> {
  return services.db.withTenant(tenantId, async (trx) => {
    const own = new Set((await questionnaireKeys(trx, tenantId)).map(({ code, version }) => `${code}/${version}`))
    const shipped = allShipped().filter(({ code, version }) => !own.has(`${code}/${version}`))
    const first = shipped.slice(offset, offset + limit)
    const rest = { offset: Math.max(0, offset - shipped.length), limit: limit - first.length }
    const rows = rest.limit === 0 ? [] : await listQuestionnaires(trx, tenantId, rest)
    const end = offset + limit
    return {
      items: [...first, ...rows.map(ownQuestionnaire)].map(questionnaireView),
      nextOffset: end < shipped.length + own.size ? end : null,
    }
  })
}

/** One questionnaire with its whole definition and, of a draft, its faults. @throws AppError not_found */
export async function showQuestionnaire(services: Services, tenantId: number, key: QuestionnaireKey) {
  return wholeView(await services.db.withTenant(tenantId, (trx) => readQuestionnaire(trx, tenantId, key)))
}

/** The canonical text of a definition, as its hash is made from. @throws AppError not_found */
export async function exportQuestionnaire(services: Services, tenantId: number, key: QuestionnaireKey) {
  const { text } = await services.db.withTenant(tenantId, (trx) => readQuestionnaire(trx, tenantId, key))
  return text
}

/** A questionnaire as the office sees it, whole. What is published had no faults when it was. */
export function wholeView(one: QuestionnaireVersion) {
  const { definition, state } = one
  return { ...questionnaireView(one), definition, faults: state === 'draft' ? questionnaireFaults(definition) : [] }
}
