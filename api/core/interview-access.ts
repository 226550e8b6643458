import type { Access } from './access.ts'

const INTERVIEWER = ['interviewer'] as const

/** Doors of interviewers' tablets in the table role × endpoint. */
export const INTERVIEW_ACCESS: readonly Access[] = [
  { method: 'GET', path: '/api/interviews/assignment', callers: INTERVIEWER },
  { method: 'POST', path: '/api/interviews/devices', callers: INTERVIEWER },
  { method: 'POST', path: '/api/interviews', callers: INTERVIEWER },
]
