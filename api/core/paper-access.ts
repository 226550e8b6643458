import type { Access } from './access.ts'

const ADMINISTRATOR = ['administrator'] as const
/** Whoever types paper forms. */
const TYPISTS = ['administrator', 'interviewer'] as const

/** Doors of paper forms in the table role × endpoint. */
export const PAPER_ACCESS: readonly Access[] = [
  { method: 'GET', path: '/api/campaigns/:id/paper-form', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/paper-forms', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/campaigns/:id/paper', callers: TYPISTS },
  { method: 'GET', path: '/api/campaigns/:id/paper/:case/:pass', callers: TYPISTS },
  { method: 'PUT', path: '/api/campaigns/:id/paper/:case/:pass', callers: TYPISTS },
  { method: 'GET', path: '/api/campaigns/:id/paper/:case/differences', callers: TYPISTS },
  { method: 'POST', path: '/api/campaigns/:id/paper/:case/merge', callers: TYPISTS },
]
