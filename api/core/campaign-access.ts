import type { Access } from './access.ts'

const ADMINISTRATOR = ['administrator'] as const

/** Doors of campaigns in the table role × endpoint. */
export const CAMPAIGN_ACCESS: readonly Access[] = [
  { method: 'GET', path: '/api/campaigns', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/questionnaires', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/campaigns/:id', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns/:id/frame', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/strata', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns/:id/draw', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns/:id/open', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns/:id/close', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns/:id/release', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/letters', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/mailings', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/campaigns/:id/mailings', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/field', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/field/strata', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/export', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/codebook', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/events', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/cases', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/campaigns/:id/cases/:case/disposition', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/campaigns/:id/assignment', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/results', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/results/units', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/results/questions', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/weights', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/campaigns/:id/weights', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/quality', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/campaigns/:id/quality', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/interviewers', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/interviewers', callers: ADMINISTRATOR },
]
