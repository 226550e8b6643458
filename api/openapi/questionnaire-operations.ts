import type { Operation } from './operations.ts'

const questionnaire = '/api/questionnaires/:code/:version'
const change = ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'] as const

/** Operations of the doors of questionnaires, as in the table role × endpoint. */
export const questionnaireOperations: Readonly<Record<string, Operation>> = {
  'GET /api/questionnaires': {
    id: 'listQuestionnaires',
    summary: 'Questionnaires: those that ship with the platform, then the province’s own by code, newest version first',
    answers: { 200: 'QuestionnairePage' },
    problems: ['malformed_cursor', 'invalid_input'],
  },
  'POST /api/questionnaires': {
    id: 'createQuestionnaire',
    summary: 'Make a draft, as a copy of another questionnaire or empty; a copy’s questions name those they come from',
    answers: { 201: 'Questionnaire' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'id_taken'],
  },
  'POST /api/questionnaires/import': {
    id: 'importQuestionnaire',
    summary:
      'Make a draft of a file, at most 4 MB: our own JSON, or an XLSForm workbook, of which everything that was not taken is listed; the same file again changes nothing',
    answers: { 200: 'QuestionnaireImport', 201: 'QuestionnaireImport' },
    raw: ['application/json', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    problems: ['malformed_json', 'invalid_file', 'invalid_input', 'id_taken'],
  },
  [`GET ${questionnaire}`]: {
    id: 'getQuestionnaire',
    summary: 'One questionnaire with its whole definition and, of a draft, its faults',
    answers: { 200: 'Questionnaire' },
    problems: ['not_found', 'invalid_input'],
  },
  [`PUT ${questionnaire}`]: {
    id: 'putQuestionnaire',
    summary: 'Put another definition into a draft; it may have faults, which are told',
    answers: { 200: 'Questionnaire' },
    problems: [...change, 'stale_questionnaire'],
  },
  [`POST ${questionnaire}/publish`]: {
    id: 'publishQuestionnaire',
    summary: 'Publish a draft without faults: from then on it never changes',
    answers: { 200: 'Questionnaire' },
    problems: [...change, 'stale_questionnaire'],
  },
  [`POST ${questionnaire}/retire`]: {
    id: 'retireQuestionnaire',
    summary: 'Take a published questionnaire out of use; campaigns that have it keep it',
    answers: { 200: 'Questionnaire' },
    problems: change,
  },
  [`POST ${questionnaire}/discard`]: {
    id: 'discardQuestionnaire',
    summary: 'Throw a draft away',
    answers: { 200: 'QuestionnaireDiscarded' },
    problems: change,
  },
  [`GET ${questionnaire}/export`]: {
    id: 'exportQuestionnaire',
    summary: 'The definition as a file: the canonical text (RFC 8785) that its hash is made from',
    answers: { 200: 'QuestionnaireDefinition' },
    problems: ['not_found', 'invalid_input'],
  },
}
