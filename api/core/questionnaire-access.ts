import type { Access } from './access.ts'

const ADMINISTRATOR = ['administrator'] as const

/** Doors of questionnaires in the table role × endpoint. */
export const QUESTIONNAIRE_ACCESS: readonly Access[] = [
  { method: 'GET', path: '/api/questionnaires', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/questionnaires', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/questionnaires/import', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/questionnaires/:code/:version', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/questionnaires/:code/:version', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/questionnaires/:code/:version/publish', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/questionnaires/:code/:version/retire', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/questionnaires/:code/:version/discard', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/questionnaires/:code/:version/export', callers: ADMINISTRATOR },
]
