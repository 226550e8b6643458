import type { Operation } from './operations.ts'

/** Operations of interviewers' tablets, as in the table role × endpoint. */
export const interviewOperations: Readonly<Record<string, Operation>> = {
  'GET /api/interviews/assignment': {
    id: 'getAssignment',
    summary: 'Own cases of open campaigns, with what interviewing without a network needs',
    answers: { 200: 'Assignment' },
    problems: ['malformed_cursor', 'invalid_input', 'not_found'],
  },
  'POST /api/interviews/devices': {
    id: 'postDevice',
    summary: 'Register a tablet under the id it gave itself; again, tell where its numbers stand',
    answers: { 200: 'Device', 201: 'Device' },
    problems: ['malformed_json', 'invalid_input', 'id_taken'],
  },
  'POST /api/interviews': {
    id: 'postInterviews',
    summary: 'Take numbered items of a tablet, each once, and tell gaps, conflicts and clock skew',
    answers: { 200: 'InterviewReceipts' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'too_large'],
  },
}
