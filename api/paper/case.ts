import type { Transaction } from 'kysely'
import { findTenant } from '../../db/queries/accounts.ts'
import { paperEntries, type PaperEntry } from '../../db/queries/paper.ts'
import { findReleasedCase, holdCase, type OpenedCase } from '../../db/queries/survey-cases.ts'
import { findSensitive, unitsToChoose } from '../../db/queries/survey-answers.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Principal } from '../accounts/principal.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { localDate } from '../core/time/moment.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { pseudonymOf } from '../surveys/case.ts'
import type { KnownQuestionnaire } from '../surveys/questionnaires.ts'

/** Who types or compares. */
export type Typist = Pick<Principal, 'tenantId' | 'actor' | 'role'>
export interface PaperPlace {
  readonly campaignId: number
  readonly caseId: number
}

/** A case with what was typed of its paper form. */
export interface PaperCase {
  readonly prefix: string
  readonly found: OpenedCase
  readonly known: KnownQuestionnaire
  readonly entries: readonly PaperEntry[]
}

/** Works on a case of the typist's tenant in one transaction; `hold` keeps others from it. @throws AppError not_found */
export async function withPaperCase<T>(
  services: Services,
  by: Typist,
  place: PaperPlace & { hold?: boolean },
  work: (trx: Transaction<DB>, paper: PaperCase) => Promise<T>,
): Promise<T> {
  const tenant = await findTenant(services.db.shared, by.tenantId)
  if (!tenant) throw new AppError('not_found')
  const key = { tenantId: by.tenantId, campaignId: place.campaignId }
  const seen = await services.db.withTenant(by.tenantId, (trx) => findReleasedCase(trx, key, place.caseId))
  if (!seen || seen.campaign_state === 'draft') throw new AppError('not_found')
  const { questionnaire_code: code, questionnaire_version: version } = seen
  const known = await services.findQuestionnaire(services.db, tenant.prefix, code, version)
  if (known === null) throw new Error('the questionnaire of a campaign is gone')
  return services.db.withTenant(by.tenantId, async (trx) => {
    if (place.hold) await holdCase(trx, key, place.caseId)
    const found = await findReleasedCase(trx, key, place.caseId)
    if (!found) throw new AppError('not_found')
    const entries = await paperEntries(trx, by.tenantId, found.id)
    return work(trx, { prefix: tenant.prefix, found, known, entries })
  })
}

/** All answers of a pass, sensitive ones included. */
export async function wholeEntry(
  services: Services,
  trx: Transaction<DB>,
  { tenantId }: Typist,
  found: OpenedCase,
  entry: PaperEntry,
): Promise<SurveyAnswers> {
  const key = { tenantId, campaignId: found.campaign_id }
  return { ...entry.answers, ...(await findSensitive(trx, key, entryPseudonym(services, tenantId, found, entry))) }
}

/** Under what the sensitive answers of a pass are kept until it is an answer. */
export function entryPseudonym(
  services: Services,
  tenantId: number,
  found: Pick<OpenedCase, 'key_version'>,
  entry: Pick<PaperEntry, 'private_id'>,
): Uint8Array {
  return pseudonymOf(services.tokenKeys, found.key_version, tenantId, entry.private_id)
}

/** Both passes. @throws AppError wrong_state while one is missing */
export function bothPasses(entries: readonly PaperEntry[]): readonly [PaperEntry, PaperEntry] {
  const [first, second] = entries
  if (first === undefined || second === undefined) throw new AppError('wrong_state')
  return [first, second]
}

/** An interviewer compares only forms of which a pass is the own. @throws AppError not_found */
export function refuseStranger(by: Typist, entries: readonly PaperEntry[]): void {
  if (by.role === 'interviewer' && !entries.some((entry) => entry.entered_by === by.actor))
    throw new AppError('not_found')
}

/** What a screen needs to show questions of a case's form. */
export async function formView(services: Services, trx: Transaction<DB>, { found, known }: PaperCase) {
  const day = localDate(services.now().toISOString())
  const kinds = known.unitKinds
  return {
    case: { id: found.id, code: found.code, state: found.state, form: found.form },
    campaign: { id: found.campaign_id, title: found.title, closesOn: found.closes_on },
    questionnaire: {
      code: found.questionnaire_code,
      version: found.questionnaire_version,
      sha256: known.sha256,
      definition: known.definition,
    },
    units: kinds.length === 0 ? [] : await unitsToChoose(trx, known.tenantId, { kinds, day }),
  }
}
