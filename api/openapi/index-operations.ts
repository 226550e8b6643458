import type { Operation } from './operations.ts'

const list = ['malformed_cursor', 'invalid_input'] as const
const edition = '/api/indices/:index/editions/:edition'

/** Operations of the doors of indices, as in the table role × endpoint. */
export const indexOperations: Readonly<Record<string, Operation>> = {
  'GET /api/indices': {
    id: 'listIndexEditions',
    summary: 'Index editions: those that ship with the platform, then the province’s own',
    answers: { 200: 'IndexEditionPage' },
    problems: list,
  },
  'POST /api/indices': {
    id: 'copyIndexEdition',
    summary: 'Copy an edition into a draft of the province’s own',
    answers: { 201: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'id_taken'],
  },
  [`GET ${edition}`]: {
    id: 'getIndexEdition',
    summary: 'One edition with its whole definition',
    answers: { 200: 'IndexEdition' },
    problems: ['not_found', 'invalid_input'],
  },
  [`PUT ${edition}`]: {
    id: 'putIndexEdition',
    summary: 'Put another definition into a draft; every fault is told with its path',
    answers: { 200: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state', 'stale_edition'],
  },
  [`POST ${edition}/publish`]: {
    id: 'publishIndexEdition',
    summary: 'Publish a draft: from then on it never changes',
    answers: { 200: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'],
  },
  [`POST ${edition}/retire`]: {
    id: 'retireIndexEdition',
    summary: 'Take a published edition out of use; what was computed with it stays',
    answers: { 200: 'IndexEdition' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'],
  },
  [`POST ${edition}/discard`]: {
    id: 'discardIndexEdition',
    summary: 'Throw a draft away',
    answers: { 200: 'IndexEditionDiscarded' },
    problems: ['malformed_json', 'invalid_input', 'not_found', 'wrong_state'],
  },
}
