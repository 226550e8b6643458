import type { Transaction } from 'kysely'
import {
  deleteDraftQuestionnaire,
  findQuestionnaire,
  insertQuestionnaire,
  MAX_QUESTIONNAIRES,
  questionnaireKeys,
  updateQuestionnaire,
  type QuestionnaireRow,
} from '../../db/queries/questionnaires.ts'
import type { DB } from '../../db/schema/tables.ts'
import type { Principal } from '../accounts/principal.ts'
import { nextEditionState, type EditionAction } from '../core/index/edition.ts'
import { canonicalText } from '../core/instrument/canonical.ts'
import type { LocalText } from '../core/instrument/definition.ts'
import type { Questionnaire } from '../core/questionnaire/definition.ts'
import type { QuestionnaireFault } from '../core/questionnaire/faults.ts'
import {
  copyQuestionnaire,
  emptyQuestionnaire,
  ownDraftFaults,
  type QuestionnaireKey,
} from '../core/questionnaire/own.ts'
import { questionnaireFaults } from '../core/questionnaire/validate.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { definitionOf, isShipped, readQuestionnaire, textOf, type QuestionnaireVersion } from './questionnaire.ts'

export type Actor = Pick<Principal, 'tenantId' | 'actor'>
/** A new draft: a copy, or an empty one with a title. */
export type NewDraft = QuestionnaireKey &
  (
    | { readonly from: QuestionnaireKey; readonly title?: LocalText | undefined }
    | { readonly title: LocalText; readonly population: Questionnaire['population'] }
  )

/**
 * Makes a draft of the tenant's own, from another questionnaire or empty.
 * @throws AppError not_found for the original; id_taken when the name is in use or belongs to a shipped one; invalid_input
 *   too_many_questionnaires, not_later for a copy that is to be an earlier version of the same
 */
export async function createDraft(services: Services, by: Actor, draft: NewDraft): Promise<void> {
  const key = { code: draft.code, version: draft.version }
  await services.db.withTenant(by.tenantId, async (trx) => {
    if (!('from' in draft)) return storeDraft(trx, services, by, emptyQuestionnaire(key, draft), null)
    const source = await readQuestionnaire(trx, by.tenantId, draft.from)
    if (source.code === key.code && source.version >= key.version)
      throw new AppError('invalid_input', [{ path: 'version', code: 'not_later' }])
    const { code, version, sha256 } = source
    const copy = copyQuestionnaire(source.definition, key, draft.title)
    return storeDraft(trx, services, by, copy, { code, version, sha256 })
  })
}

/** Stores a draft under the name that it bears. @throws AppError id_taken; invalid_input too_many_questionnaires */
export async function storeDraft(
  trx: Transaction<DB>,
  services: Services,
  { tenantId, actor }: Actor,
  definition: Questionnaire,
  copiedFrom: QuestionnaireVersion['copiedFrom'],
): Promise<void> {
  const { code, version } = definition
  if (isShipped(code)) throw new AppError('id_taken', [{ path: 'code', code: 'shipped' }])
  if ((await questionnaireKeys(trx, tenantId)).length >= MAX_QUESTIONNAIRES)
    throw new AppError('invalid_input', [{ path: 'code', code: 'too_many_questionnaires' }])
  const { text, sha256 } = textOf(definition)
  const stored = await insertQuestionnaire(trx, {
    tenant_id: tenantId,
    code,
    version,
    state: 'draft',
    definition: text,
    sha256,
    copied_from: copiedFrom === null ? null : canonicalText(copiedFrom),
    changed_at: services.now(),
    changed_by: actor,
    published_at: null,
    published_by: null,
  })
  if (!stored) throw new AppError('id_taken', [{ path: 'version', code: 'taken' }])
}

/**
 * Puts another definition into a draft. It may have faults, save those that keep it from being read at all.
 * @param change.basedOn hash of the definition that the writer had before them
 * @throws AppError not_found; wrong_state for anything but a draft; stale_questionnaire when somebody else has changed it since;
 *   invalid_input with the path and code of every fault that is no draft's
 */
export async function changeDraft(
  services: Services,
  { tenantId, actor }: Actor,
  key: QuestionnaireKey,
  change: { basedOn: string; definition: unknown },
): Promise<void> {
  const faults = ownDraftFaults(change.definition, key)
  const now = services.now()
  await services.db.withTenant(tenantId, async (trx) => {
    const row = await holdFor(trx, tenantId, key, 'change')
    if (row.sha256 !== change.basedOn) throw new AppError('stale_questionnaire')
    refuse(faults, 'definition')
    const { text, sha256 } = textOf(change.definition as Questionnaire)
    await updateQuestionnaire(trx, tenantId, key, { definition: text, sha256, changed_at: now, changed_by: actor })
  })
}

/**
 * Publishes a draft for ever.
 * @param basedOn hash of the definition that whoever publishes has read
 * @throws AppError not_found; wrong_state; stale_questionnaire; invalid_input with every fault
 */
export async function publishDraft(
  services: Services,
  { tenantId, actor }: Actor,
  key: QuestionnaireKey,
  basedOn: string,
): Promise<void> {
  const now = services.now()
  await services.db.withTenant(tenantId, async (trx) => {
    const row = await holdFor(trx, tenantId, key, 'publish')
    if (row.sha256 !== basedOn) throw new AppError('stale_questionnaire')
    refuse(questionnaireFaults(definitionOf(row)), '')
    await updateQuestionnaire(trx, tenantId, key, { state: 'published', published_at: now, published_by: actor })
  })
}

/** Takes a published questionnaire out of use: campaigns that have it keep it, no new one takes it. @throws AppError not_found; wrong_state */
export async function retireQuestionnaire(services: Services, { tenantId }: Actor, key: QuestionnaireKey) {
  await services.db.withTenant(tenantId, async (trx) => {
    await holdFor(trx, tenantId, key, 'retire')
    await updateQuestionnaire(trx, tenantId, key, { state: 'retired' })
  })
}

/** Throws a draft away. @throws AppError not_found; wrong_state */
export async function discardDraft(services: Services, { tenantId }: Actor, key: QuestionnaireKey): Promise<void> {
  await services.db.withTenant(tenantId, async (trx) => {
    await holdFor(trx, tenantId, key, 'discard')
    await deleteDraftQuestionnaire(trx, tenantId, key)
  })
}

async function holdFor(
  trx: Transaction<DB>,
  tenantId: number,
  key: QuestionnaireKey,
  action: EditionAction,
): Promise<QuestionnaireRow> {
  const row = await findQuestionnaire(trx, tenantId, key, true)
  if (!row) throw new AppError(isShipped(key.code) ? 'wrong_state' : 'not_found')
  if (nextEditionState(row.state, action) === null) throw new AppError('wrong_state')
  return row
}

function refuse(faults: readonly QuestionnaireFault[], below: string): void {
  const issues = faults
    .filter(({ note }) => note !== true)
    .map(({ path, code }) => ({ path: [below, path].filter((part) => part !== '').join('.'), code }))
  if (issues.length > 0) throw new AppError('invalid_input', issues)
}
