import { savePaperEntry, savePrivate, type PaperEntry } from '../../db/queries/paper.ts'
import { caseByShortCode, findReleasedCaseByCode } from '../../db/queries/survey-cases.ts'
import type { SurveyAnswers } from '../core/questionnaire/definition.ts'
import { splitSensitive } from '../core/questionnaire/parts.ts'
import { parseShortCode } from '../core/slip/typed-code.ts'
import { AppError } from '../errors.ts'
import { shortHashes } from '../invitations/short-code.ts'
import type { Services } from '../services.ts'
import { refuseOutside } from '../surveys/case.ts'
import { chosenUnits, issuesOf } from '../surveys/submit.ts'
import { entryPseudonym, formView, wholeEntry, withPaperCase, type PaperPlace, type Typist } from './case.ts'
import type { EntryInput } from './schema.ts'

export interface PassPlace extends PaperPlace {
  readonly pass: 1 | 2
}

/** The case whose form lies on the table, by the code of the firm or household or by the typed code. @throws AppError not_found */
export async function findPaperCase(services: Services, by: Typist, campaignId: number, code: string) {
  const key = { tenantId: by.tenantId, campaignId }
  const typed = parseShortCode(code)
  const found = await services.db.withTenant(by.tenantId, async (trx) => {
    const own = await findReleasedCaseByCode(trx, key, code)
    if (own !== undefined || typed === null) return own
    return caseByShortCode(trx, by.tenantId, shortHashes(services.tokenKeys, by.tenantId, 'case', typed))
  })
  if (found?.campaign_id !== campaignId) throw new AppError('not_found')
  return withPaperCase(services, by, { campaignId, caseId: found.id }, async (_trx, paper) => ({
    case: { id: paper.found.id, code: paper.found.code, state: paper.found.state, form: paper.found.form },
    passes: paper.entries.map((entry) => passLine(entry, by)),
  }))
}

/**
 * One pass over a paper form with what it takes to type it. What somebody else typed is not shown: a second pass that is led by
 * the first finds no faults.
 * @throws AppError not_found
 */
export function readEntry(services: Services, by: Typist, { pass, ...place }: PassPlace) {
  return withPaperCase(services, by, place, async (trx, paper) => {
    const entry = paper.entries.find((one) => one.pass === pass)
    const isOwn = entry?.entered_by === by.actor
    return {
      ...(await formView(services, trx, paper)),
      pass,
      passes: paper.entries.map((one) => passLine(one, by)),
      answers: entry && isOwn ? await wholeEntry(services, trx, by, paper.found, entry) : null,
    }
  })
}

/**
 * Stores what was typed of a paper form, in place of what the same person typed before. The two passes are typed by two people: who
 * reads a form twice makes the same mistake twice. An administrator may replace what somebody else typed.
 * @throws AppError not_found; expired; not_yet_open; already_complete; invalid_input with same_typist, typed_by_another or the
 *   faults of the answers
 */
export async function saveEntry(services: Services, by: Typist, { pass, ...place }: PassPlace, input: EntryInput) {
  const now = services.now()
  const said = input.answers as SurveyAnswers
  const known = await withPaperCase(services, by, place, async (_trx, paper) => paper.known)
  const units = await chosenUnits(services, known, said, now)
  return withPaperCase(services, by, { ...place, hold: true }, async (trx, { found, entries }) => {
    refuseOutside({ found }, now)
    if (found.state === 'complete') throw new AppError('already_complete')
    refuseTypist(by, pass, entries)
    const issues = issuesOf(known, said, { form: found.form, units }, false)
    if (issues.length > 0) throw new AppError('invalid_input', issues)
    const { open, sensitive } = splitSensitive(known.definition, said)
    const entry = { caseId: found.id, pass, answers: open, at: now, by: by.actor }
    const key = { tenantId: by.tenantId, campaignId: found.campaign_id }
    const privateId = await savePaperEntry(trx, by.tenantId, entry)
    const pseudonym = entryPseudonym(services, by.tenantId, found, { private_id: privateId })
    await savePrivate(trx, key, { pseudonym, keyVersion: found.key_version, answers: sensitive })
    return { case: found.id, pass, enteredAt: now.toISOString() }
  })
}

/** One pass as its list shows it: by whom, never what. */
export function passLine(entry: PaperEntry, by: Typist) {
  return {
    pass: entry.pass,
    typist: entry.typist ?? '',
    isOwn: entry.entered_by === by.actor,
    enteredAt: entry.entered_at.toISOString(),
  }
}

function refuseTypist(by: Typist, pass: number, entries: readonly PaperEntry[]): void {
  const before = entries.find((entry) => entry.pass === pass)
  if (before && before.entered_by !== by.actor && by.role !== 'administrator') refuse('pass', 'typed_by_another')
  const other = entries.find((entry) => entry.pass !== pass)
  if (other?.entered_by === by.actor) refuse('pass', 'same_typist')
}

function refuse(path: string, code: string): never {
  throw new AppError('invalid_input', [{ path, code }])
}
