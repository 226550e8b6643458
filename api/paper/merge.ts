import type { Transaction } from 'kysely'
import { turnAwayIfFull } from '../../db/queries/campaign-quotas.ts'
import { noteEvent } from '../../db/queries/campaigns.ts'
import { keepAside } from '../../db/queries/case-answers.ts'
import { dropPrivate, findPaperAnswer, markPaper, type PaperEntry } from '../../db/queries/paper.ts'
import { storeSurveyAnswers } from '../../db/queries/survey-answers.ts'
import type { DB } from '../../db/schema/tables.ts'
import { within } from '../../db/send.ts'
import { differencesOf, keysOf, mergedPasses, type Choices } from '../core/paper/passes.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { codeOf } from '../core/questionnaire/parts.ts'
import { AppError } from '../errors.ts'
import { tokenMaker } from '../invitations/token.ts'
import type { Services } from '../services.ts'
import { refuseOutside } from '../surveys/case.ts'
import type { SurveySubmission } from '../surveys/schema.ts'
import { chosenUnits, issuesOf } from '../surveys/submit.ts'
import { surveyWrite } from '../surveys/write.ts'
import {
  bothPasses,
  entryPseudonym,
  formView,
  refuseStranger,
  wholeEntry,
  withPaperCase,
  type PaperCase,
  type PaperPlace,
  type Typist,
} from './case.ts'
import { passLine } from './entry.ts'
import type { MergeInput } from './schema.ts'

/**
 * Where two passes over a paper form differ, question by question. Sensitive answers are compared until the form is stored.
 * @throws AppError not_found; wrong_state while a pass is missing
 */
export function showDifferences(services: Services, by: Typist, place: PaperPlace) {
  return withPaperCase(services, by, place, async (trx, paper) => {
    refuseStranger(by, paper.entries)
    const [first, second] = await wholePasses(services, trx, by, paper)
    return {
      ...(await formView(services, trx, paper)),
      passes: paper.entries.map((entry) => passLine(entry, by)),
      questions: keysOf(paper.known.definition, first, second).length,
      differences: differencesOf(paper.known.definition, first, second),
    }
  })
}

/**
 * Stores two passes as one answer: what they agree on, and elsewhere what a person chose, which is logged. It is written by the
 * statement that stores answers from the web, so that a case answers once whichever way. Beside an answer that was begun elsewhere
 * and not finished it is kept as a rival until an administrator chooses, as an interview is. The same again changes nothing.
 * @throws AppError not_found; wrong_state; superseded when a pass was typed anew; already_complete; expired; not_yet_open;
 *   quota_full; invalid_input with `undecided` or the faults of the answers
 */
export async function mergePasses(services: Services, by: Typist, place: PaperPlace, input: MergeInput) {
  const now = services.now()
  const looked = await withPaperCase(services, by, place, async (trx, paper) => {
    refuseStranger(by, paper.entries)
    return merged(paper, await wholePasses(services, trx, by, paper), input.choices)
  })
  const { known } = looked
  const units = await chosenUnits(services, known, looked.answers, now)
  const done = await withPaperCase(services, by, { ...place, hold: true }, async (trx, paper) => {
    const { found, entries } = paper
    const key = { tenantId: by.tenantId, campaignId: found.campaign_id }
    const [one, two] = bothPasses(entries)
    if (+one.entered_at !== +input.basedOn.first || +two.entered_at !== +input.basedOn.second)
      throw new AppError('superseded')
    const before = await findPaperAnswer(trx, by.tenantId, found.id)
    const isRival = before === undefined ? found.state === 'partial' : before.standing !== 'main'
    if (before?.complete) return { case: found.id, state: found.state, isRival }
    if (found.state === 'complete') throw new AppError('already_complete')
    refuseOutside({ found }, now)
    const { answers, undecided } = merged(paper, await wholePasses(services, trx, by, paper), input.choices)
    if (undecided.length > 0) refuse(undecided.map((at) => ({ path: `choices.${at}`, code: 'undecided' })))
    const issues = issuesOf(known, answers, { form: found.form, units }, input.complete)
    if (issues.length > 0) refuse(issues)
    const tenant = { id: by.tenantId, prefix: paper.prefix }
    const submission: SurveySubmission = {
      id: before?.id ?? crypto.randomUUID(),
      revision: (before?.revision ?? 0) + 1,
      token: tokenMaker(services.tokenKeys, found.key_version, tenant, 'case')(found.id),
      questionnaire: { code: found.questionnaire_code, version: found.questionnaire_version },
      answers,
      cleared: [],
      complete: input.complete,
      language: 'vi',
      startedAt: one.entered_at,
      sentAt: now,
      itemMs: {},
    }
    const about = { now, keys: services.tokenKeys, deviceHash: null, forms: [found.form], answers }
    const write = surveyWrite(submission, known, { ...about, seen: before?.revision ?? null })
    if (isRival) {
      const place = { tenantId: by.tenantId, caseId: found.id, keyVersion: found.key_version, from: null }
      await keepAside(trx, { ...place, standing: before?.standing === 'set_aside' ? 'set_aside' : 'rival' }, write)
      if (input.complete) await turnAwayIfFull(trx, key, found)
    } else {
      const written = await storeSurveyAnswers(within(trx), paper.prefix, [write])
      if (written.size === 0) {
        // nothing has been written; the note is, so the transaction ends well
        if (await turnAwayIfFull(trx, key, found)) return null
        throw new AppError('unavailable')
      }
      await markPaper(trx, key, submission.id)
    }
    if (input.complete)
      await dropPrivate(
        trx,
        key,
        entries.map((e) => entryPseudonym(services, by.tenantId, found, e)),
      )
    const detail = { ...detailOf(paper, input, [one, two]), rival: isRival }
    await noteEvent(trx, by.tenantId, found.campaign_id, { at: now, actor: by.actor, action: 'paper_merged', detail })
    const own = input.complete ? ('complete' as const) : ('partial' as const)
    return { case: found.id, state: isRival ? found.state : own, isRival }
  })
  if (done === null) throw new AppError('quota_full')
  return done
}

async function wholePasses(services: Services, trx: Transaction<DB>, by: Typist, { found, entries }: PaperCase) {
  const [first, second] = bothPasses(entries)
  return [
    await wholeEntry(services, trx, by, found, first),
    await wholeEntry(services, trx, by, found, second),
  ] as const
}

function merged(paper: PaperCase, [first, second]: readonly [SurveyAnswers, SurveyAnswers], choices: Choices) {
  return { known: paper.known, ...mergedPasses(paper.known.definition, first, second, choices) }
}

/** For the log: who typed, and which pass was taken where; of what is kept apart only how often. Never an answer. */
function detailOf({ found, known }: PaperCase, input: MergeInput, [one, two]: readonly [PaperEntry, PaperEntry]) {
  const choices = Object.entries(input.choices)
  const open = choices.filter(([at]) => !known.apart.has(codeOf(at)))
  return {
    case: found.id,
    code: found.code,
    complete: input.complete,
    typists: [one.entered_by, two.entered_by],
    chosen: Object.fromEntries(open.map(([at, choice]) => [at, 'pass' in choice ? choice.pass : 'other'])),
    chosenApart: choices.length - open.length,
  }
}

function refuse(issues: readonly { path: string; code: string }[]): never {
  throw new AppError('invalid_input', issues.slice(0, 50))
}
