import { z } from 'zod'
import { count, day, moment, named, paged, unitKind, unitRef } from './answers.ts'

named(
  'Assignment',
  paged(
    z.object({
      case: z.int(),
      campaign: z.int(),
      code: z.string().describe('Of the firm or household'),
      stratum: z.string(),
      psu: z.string().nullable(),
      unit: unitRef.nullable(),
      form: z.string().nullable().describe('Form of list experiments'),
      state: z.enum(['open', 'partial', 'complete']),
      disposition: z.enum(['none', 'reached', 'refused', 'ineligible', 'noncontact', 'other', 'quota_full']),
      contact: z
        .looseObject({})
        .nullable()
        .describe('Name and address, where the campaign keeps them and shows them to interviewers'),
    }),
  ).extend({
    sample: z.boolean(),
    campaigns: z
      .array(
        z.object({
          id: z.int(),
          title: z.string(),
          opensOn: day,
          closesOn: day,
          questionnaire: z.object({
            code: z.string(),
            version: z.int(),
            sha256: z.string(),
            definition: z.looseObject({ code: z.string() }),
          }),
          units: z.array(z.object({ id: z.int(), kind: unitKind, name: z.string() })).max(2000),
        }),
      )
      .describe('Of the cases on this page'),
  }),
)
const device = named(
  'Device',
  z.object({
    id: z.uuid(),
    label: z.string(),
    lastSeq: count.describe('Highest number that has arrived'),
    missing: z.array(z.int()).max(100).describe('First numbers below it that have not'),
    missingCount: count,
    lastSyncAt: moment.nullable(),
    skewMs: z.int().nullable().describe('The server’s clock less the tablet’s at the last sync'),
  }),
)
named(
  'InterviewReceipts',
  z.object({
    device,
    results: z.array(
      z.union([
        z.object({
          seq: z.int(),
          status: z.enum(['stored', 'superseded', 'rival', 'set_aside', 'noted']),
          answer: z.uuid().nullable().describe('Id under which the answer is kept'),
          receivedAt: moment,
        }),
        z.object({
          seq: z.int(),
          status: z.literal('refused').describe('Not taken: the number stays missing'),
          code: z.string(),
          issues: z.array(z.object({ path: z.string(), code: z.string() })),
        }),
      ]),
    ),
  }),
)
