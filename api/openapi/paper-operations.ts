import { z } from 'zod'
import { count, day, moment, named, paged, unitKind } from './answers.ts'
import type { Operation } from './operations.ts'

const state = z.enum(['open', 'partial', 'complete'])
const paperCase = z.object({ id: z.int(), code: z.string(), state, form: z.string().nullable() })
const passes = z.array(z.object({ pass: z.int(), typist: z.string(), isOwn: z.boolean(), enteredAt: moment })).max(2)
const form = {
  case: paperCase,
  campaign: z.object({ id: z.int(), title: z.string(), closesOn: day }),
  questionnaire: z.object({
    code: z.string(),
    version: z.int(),
    sha256: z.string(),
    definition: z.looseObject({ code: z.string() }),
  }),
  units: z.array(z.object({ id: z.int(), kind: unitKind, name: z.string() })).max(2000),
  passes,
}
named('PaperFormDocument', z.string().describe('HTML without scripts, on pages of A4'))
named(
  'PaperForms',
  paged(z.object({ cursor: z.string().describe('For a document of 200'), cases: count })).extend({
    state: z.enum(['draft', 'open', 'closed']),
    forms: z.array(z.string()).describe('Of list experiments; empty: there is one form'),
  }),
)
named('PaperCase', z.object({ case: paperCase, passes }))
named(
  'PaperPass',
  z.object({
    ...form,
    pass: z.int(),
    answers: z.record(z.string(), z.unknown()).nullable().describe('Only the caller’s own; null also before any'),
  }),
)
named('PaperStored', z.object({ case: z.int(), pass: z.int(), enteredAt: moment }))
named(
  'PaperDifferences',
  z.object({
    ...form,
    questions: count.describe('Questions that either pass was asked'),
    differences: z.array(
      z.object({
        key: z.string(),
        first: z.unknown().describe('null: left blank'),
        second: z.unknown().describe('null: left blank'),
      }),
    ),
  }),
)
named(
  'PaperMerged',
  z.object({
    case: z.int(),
    state,
    isRival: z.boolean().describe('Kept beside another answer of the case until an administrator chooses'),
  }),
)

const campaign = '/api/campaigns/:id'
const taking = ['malformed_json', 'invalid_input', 'not_found', 'expired', 'not_yet_open', 'already_complete'] as const

/** Operations of the doors of paper forms, as in the table role × endpoint. */
export const paperOperations: Readonly<Record<string, Operation>> = {
  [`GET ${campaign}/paper-form`]: {
    id: 'printPaperForms',
    summary: 'The questionnaire on paper, blank or one for each case; a Link header leads to the next page',
    answers: { 200: 'PaperFormDocument' },
    type: 'text/html',
    problems: ['malformed_cursor', 'invalid_input', 'not_found', 'wrong_state'],
  },
  [`GET ${campaign}/paper-forms`]: {
    id: 'listPaperForms',
    summary: 'What can be printed: forms of list experiments, and the cursor of each document of forms with codes',
    answers: { 200: 'PaperForms' },
    problems: ['malformed_cursor', 'invalid_input', 'not_found'],
  },
  [`GET ${campaign}/paper`]: {
    id: 'findPaperCase',
    summary: 'The case of a paper form by its code, and who has typed it',
    answers: { 200: 'PaperCase' },
    problems: ['invalid_input', 'not_found'],
  },
  [`GET ${campaign}/paper/:case/:pass`]: {
    id: 'getPaperPass',
    summary: 'One of two passes over a paper form, and the questions; never what somebody else has typed',
    answers: { 200: 'PaperPass' },
    problems: ['invalid_input', 'not_found'],
  },
  [`PUT ${campaign}/paper/:case/:pass`]: {
    id: 'putPaperPass',
    summary: 'Store what was typed of a paper form; the two passes are typed by two people',
    answers: { 200: 'PaperStored' },
    problems: taking,
  },
  [`GET ${campaign}/paper/:case/differences`]: {
    id: 'getPaperDifferences',
    summary: 'Questions that the two passes answer differently',
    answers: { 200: 'PaperDifferences' },
    problems: ['invalid_input', 'not_found', 'wrong_state'],
  },
  [`POST ${campaign}/paper/:case/merge`]: {
    id: 'mergePaper',
    summary: 'Store two passes as the answer of their case, with what was chosen where they differ; logged',
    answers: { 200: 'PaperMerged' },
    problems: [...taking, 'wrong_state', 'superseded', 'quota_full'],
  },
}
