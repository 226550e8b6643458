import { unitsToChoose, type SurveyWrite } from '../../db/queries/survey-answers.ts'
import type { Written } from '../../db/queries/submissions.ts'
import { violates } from '../../db/violates.ts'
import { checkSurveyAnswers, type SurveyContext } from '../core/questionnaire/check.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { codeOf } from '../core/questionnaire/parts.ts'
import { withStored } from '../core/questionnaire/stored.ts'
import { nextStep } from '../core/response/next-step.ts'
import { localDate } from '../core/time/moment.ts'
import type { Device } from '../device.ts'
import { AppError, type Issue } from '../errors.ts'
import { toHex, tokenPrefix } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { lookAtCase, refuseOutside, turnAway, type CaseState } from './case.ts'
import type { KnownQuestionnaire } from './questionnaires.ts'
import type { SurveySubmission } from './schema.ts'
import { contentHashes, surveyWrite } from './write.ts'

/** Writing meets another writer of the same case, or of a quota's last places, at most so often. */
const MAX_ATTEMPTS = 8
const MAX_ISSUES = 50

/**
 * Stores an answer to a survey: the first time, as a higher revision of a partial one, or not at all because it is there already.
 * What is acknowledged is committed. As with ratings, one statement decides by itself, so that the usual answer costs nothing else;
 * only when it takes nothing is the case looked at: to complete the answer by sensitive ones that only the server knows, to try
 * again, or to say why not.
 * @returns `created` for the first, with the stored revision and state
 * @throws AppError not_found | expired | not_yet_open | quota_full | invalid_input | token_taken | id_taken | revision_conflict |
 *   superseded | already_complete
 */
export async function submitSurveyAnswer(services: Services, submission: SurveySubmission, device: Device | null) {
  const { code, version } = submission.questionnaire
  const state = submission.complete ? ('complete' as const) : ('partial' as const)
  const answer = { id: submission.id, revision: submission.revision, state }
  const about = { now: services.now(), keys: services.tokenKeys, deviceHash: device?.hash ?? null }
  const prefix = tokenPrefix(submission.token)
  const known = prefix === null ? null : await services.findQuestionnaire(services.db, prefix, code, version)
  const said = submission.answers as SurveyAnswers
  if (prefix !== null && known !== null && Object.keys(said).length > 0) {
    const units = await chosenUnits(services, known, said, about.now)
    const forms = (known.definition.forms ?? [null]).filter(
      (form) => checkSurveyAnswers(known.definition, said, { form, units }, submission.complete).length === 0,
    )
    if (forms.length > 0) {
      const write = surveyWrite(submission, known, { ...about, forms, answers: said, seen: null })
      const written = await writeOnce(services, prefix, write)
      if (written !== null) return { created: written === 'first', ...answer }
    }
  }
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const look = await lookAtCase(services, submission.token, device)
    const { found, tenant } = look
    if (found.questionnaire_code !== code) refuse('questionnaire.code', 'wrong_questionnaire')
    if (found.questionnaire_version !== version || known === null)
      return refuse('questionnaire.version', 'wrong_version')
    const own = look.stored?.id === submission.id ? look.stored : null
    const step = nextStep(
      own && { ...own, sameContent: isSameContent(services, submission, look) },
      submission.revision,
    )
    // told again also when nothing more is taken: it was stored in time
    if (step === 'repeat') return { created: false, ...answer }
    refuseOutside(look, about.now)
    const answers = withStored(known.definition, { ...submission, answers: said }, own ? look.sensitive : {})
    const units = await chosenUnits(services, known, answers, about.now)
    const issues = issuesOf(known, answers, { form: found.form, units }, submission.complete)
    if (issues.length > 0) throw new AppError('invalid_input', issues)
    refuseOthers(look, submission.id)
    if (typeof step === 'object') throw new AppError(step.refused)
    if (look.isFull && (step === 'insert' || submission.complete)) return turnAway(services, look)
    const seen = own?.revision ?? null
    const write = surveyWrite(submission, known, { ...about, forms: [found.form], answers, seen })
    const written = await writeOnce(services, tenant.prefix, write)
    if (written !== null) return { created: written === 'first', ...answer }
  }
  throw new AppError('unavailable')
}

async function writeOnce(services: Services, prefix: string, write: SurveyWrite): Promise<Written | null> {
  try {
    return await services.writeSurveyAnswer(prefix, write)
  } catch (error) {
    if (violates(error, 'survey_answer_pkey')) throw new AppError('id_taken')
    throw error
  }
}

/** A case that is bound to another answer, or was answered so long ago that nobody knows by which. */
function refuseOthers({ found, stored }: CaseState, id: string): void {
  if (stored !== undefined && stored.id !== id) throw new AppError('token_taken')
  if (stored === undefined && found.state !== 'open') throw new AppError('already_complete')
}

function isSameContent(services: Services, submission: SurveySubmission, { found, stored }: CaseState): boolean {
  const hash = contentHashes(services.tokenKeys, submission)[found.key_version]
  return stored !== undefined && toHex(stored.content_hash) === hash
}

/** Faults of the answers, an empty form included. */
export function issuesOf(
  { definition }: KnownQuestionnaire,
  answers: SurveyAnswers,
  context: SurveyContext,
  complete: boolean,
): Issue[] {
  if (Object.keys(answers).length === 0) return [{ path: 'answers', code: 'empty' }]
  return checkSurveyAnswers(definition, answers, context, complete).slice(0, MAX_ISSUES)
}

/** The units that were chosen, as far as they may be, with their kinds; nothing is asked where nothing was chosen. */
export async function chosenUnits(
  services: Services,
  { tenantId, unitItems, unitKinds }: KnownQuestionnaire,
  answers: SurveyAnswers,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const chosen = Object.entries(answers).flatMap(([key, answer]) =>
    unitItems.has(codeOf(key)) && Array.isArray(answer) ? (answer as unknown[]) : [],
  )
  const ids = [...new Set(chosen.map(Number).filter((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31))]
  if (ids.length === 0) return new Map()
  const day = localDate(now.toISOString())
  const found = await services.db.withTenant(tenantId, (trx) =>
    unitsToChoose(trx, tenantId, { kinds: unitKinds, day, ids }),
  )
  return new Map(found.map(({ id, kind }) => [String(id), kind]))
}

function refuse(path: string, code: string): never {
  throw new AppError('invalid_input', [{ path, code }])
}
