import { query } from '@solidjs/router'
import type { Questionnaire, SurveyAnswer, SurveyAnswers } from '../../../api/core/questionnaire/definition.ts'
import type { Choices, Difference } from '../../../api/core/paper/passes.ts'
import { search, send, sendJson } from './http.ts'
import type { Page } from './types.ts'

type PaperCase = { id: number; code: string; state: 'open' | 'partial' | 'complete'; form: string | null }
export type PassLine = { pass: number; typist: string; isOwn: boolean; enteredAt: string }
/** A case of a paper form, and who has typed it. */
export type FoundForm = { case: PaperCase; passes: PassLine[] }
/** What it takes to show the questions of a form. */
export type Form = FoundForm & {
  campaign: { id: number; title: string; closesOn: string }
  questionnaire: { definition: Questionnaire }
  units: { id: number; kind: string; name: string }[]
}
export type PaperPass = Form & { pass: number; answers: SurveyAnswers | null }
export type PaperDifferences = Form & { questions: number; differences: Difference[] }
export type { Choices, SurveyAnswer, SurveyAnswers }

const of = (campaign: number, rest = '') => `/api/campaigns/${campaign}/paper${rest}`

/** Reads. */
export const findForm = query(
  (campaign: number, code: string) => send<FoundForm>(of(campaign, search({ code }))),
  'paper-case',
)
export const getPass = query(
  (campaign: number, one: number, pass: number) => send<PaperPass>(of(campaign, `/${one}/${pass}`)),
  'paper-pass',
)
export const getDifferences = query(
  (campaign: number, one: number) => send<PaperDifferences>(of(campaign, `/${one}/differences`)),
  'paper-differences',
)

/** Writes. */
export const putPass = (
  campaign: number,
  one: number,
  pass: number,
  typed: { answers: SurveyAnswers },
): Promise<unknown> => sendJson('PUT', of(campaign, `/${one}/${pass}`), typed)
export const mergePasses = (
  campaign: number,
  one: number,
  merge: { basedOn: { first: string; second: string }; choices: Choices; complete: boolean },
): Promise<{ state: PaperCase['state']; isRival: boolean }> => sendJson('POST', of(campaign, `/${one}/merge`), merge)

/** Documents of forms with codes, and the forms that list experiments make of a blank one. */
export type PaperForms = Page<{ cursor: string; cases: number }> & {
  state: 'draft' | 'open' | 'closed'
  forms: string[]
}
export const getForms = query(
  (campaign: number, cursor: string | null) =>
    send<PaperForms>(`/api/campaigns/${campaign}/paper-forms${search({ cursor, limit: 50 })}`),
  'paper-forms',
)

/** Address of a document of forms, for a tab of its own. */
export const formAddress = (
  campaign: number,
  asked: { kind: 'blank'; form: string | null } | { kind: 'cases'; cursor: string },
): string => `/api/campaigns/${campaign}/paper-form${search({ ...asked, limit: 200 })}`
