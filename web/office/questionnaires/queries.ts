import { query } from '@solidjs/router'
import { search, send, sendJson } from '../api/http.ts'
import type { Page } from '../api/types.ts'
import type {
  ImportReport,
  NewDraft,
  Population,
  Questionnaire,
  QuestionnaireKey,
  QuestionnaireLine,
  WholeQuestionnaire,
} from './types.ts'

const PATH = '/api/questionnaires'
const pathOf = ({ code, version }: QuestionnaireKey): string => `${PATH}/${encodeURIComponent(code)}/${version}`

export const getQuestionnaires = query(
  (cursor: string | null) => send<Page<QuestionnaireLine>>(`${PATH}${search({ cursor, limit: 50 })}`),
  'questionnaires',
)
export const getQuestionnaire = query(
  (code: string, version: number) => send<WholeQuestionnaire>(pathOf({ code, version })),
  'questionnaire',
)
/** Address of the file that an export gives. */
export const exportAddress = (key: QuestionnaireKey): string => `${pathOf(key)}/export`

export const createQuestionnaire = (draft: NewDraft): Promise<WholeQuestionnaire> => sendJson('POST', PATH, draft)

export const putQuestionnaire = (basedOn: string, definition: Questionnaire): Promise<WholeQuestionnaire> =>
  sendJson('PUT', pathOf(definition), { basedOn, definition })

export const publishQuestionnaire = (key: QuestionnaireKey, basedOn: string): Promise<WholeQuestionnaire> =>
  sendJson('POST', `${pathOf(key)}/publish`, { basedOn })

export const retireQuestionnaire = (key: QuestionnaireKey): Promise<WholeQuestionnaire> =>
  sendJson('POST', `${pathOf(key)}/retire`, {})

export const discardQuestionnaire = (key: QuestionnaireKey): Promise<unknown> =>
  sendJson('POST', `${pathOf(key)}/discard`, {})

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const importQuestionnaire = (
  file: File,
  wish: { population: Population; code?: string; version?: string },
): Promise<ImportReport> =>
  send(`${PATH}/import${search(wish)}`, {
    method: 'POST',
    headers: { 'content-type': file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'application/json' },
    body: file,
  })
