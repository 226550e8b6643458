import { z } from 'zod'
import { PARTS } from '../core/export/columns.ts'
import { campaignDesignSchema } from '../core/sampling/campaign-design.ts'
import { count, day, estimate, moment, month, named, paged, text, unitRef } from './answers.ts'

const population = z.enum(['business', 'citizen'])
const questionnaire = z.object({ code: z.string(), version: z.int() })
export const line = z.object({
  id: z.int(),
  title: z.string(),
  population,
  questionnaire,
  state: z.enum(['draft', 'open', 'closed']),
  opensOn: day,
  closesOn: day,
  fromMonth: month,
  toMonth: month,
  createdAt: moment,
  openedAt: moment.nullable(),
  closedAt: moment.nullable(),
})
named('CampaignPage', paged(line))
named(
  'Campaign',
  line.extend({
    revision: z.int().describe('Named by a change as `basedOn`'),
    design: campaignDesignSchema.nullable(),
    quotas: z.array(
      z.object({
        attribute: z.string().describe('A class of the frame; empty: the stratum'),
        value: z.string(),
        most: z.int(),
        taken: count.describe('Complete answers so far'),
      }),
    ),
    frame: z
      .object({
        sha256: z.string().describe('Of code, stratum, first-stage unit and size of every member in order of codes'),
        members: count,
        strata: count,
        contacts: count,
      })
      .nullable(),
    sample: z
      .object({
        seed: z.int(),
        drawnAt: moment,
        main: count,
        reserve: count,
        released: count.describe('Replacements that are asked as well'),
        cells: count,
      })
      .nullable(),
  }),
)
named(
  'CampaignQuestionnaires',
  z.object({
    items: z.array(
      questionnaire.extend({
        title: text,
        population,
        forms: z.int().describe('Forms of list experiments'),
        shipped: z.boolean().describe('Comes with the platform, and becomes the tenant’s own when a campaign takes it'),
      }),
    ),
    next: z.null(),
  }),
)
named(
  'FrameReport',
  z.object({
    stored: z.boolean().describe('A frame with any fault is refused as a whole'),
    rows: count,
    strata: count,
    contacts: count,
    sha256: z.string().nullable(),
    ignoredColumns: z.array(z.string()),
    issues: z.array(z.object({ line: z.int(), column: z.string().nullable(), code: z.string() })),
    issuesOmitted: count,
    similarStrata: z
      .array(z.tuple([z.string(), z.string()]))
      .describe('Names that differ in nothing but case, accents and punctuation'),
  }),
)
named(
  'CampaignStrata',
  paged(
    z.object({
      stratum: z.string(),
      members: count,
      psu: z.string().nullable().describe('First-stage unit; one line for each that was drawn'),
      drawn: z
        .object({
          members: count,
          main: count,
          reserve: count,
          released: count,
          firstProbability: z.number(),
          probability: z.number().describe('Inclusion probability of each case'),
          weight: z.number().describe('Its inverse: members that a case stands for'),
        })
        .nullable(),
    }),
  ),
)
const disposition = z.enum(['none', 'reached', 'refused', 'ineligible', 'noncontact', 'other', 'quota_full'])
named(
  'CampaignCases',
  paged(
    z.object({
      id: z.int(),
      code: z.string().describe('Of the firm or household'),
      stratum: z.string(),
      psu: z.string().nullable(),
      unit: unitRef.nullable(),
      role: z.enum(['main', 'replacement']),
      state: z.enum(['open', 'partial', 'complete']),
      disposition,
      interviewer: z.object({ id: z.string(), name: z.string() }).nullable(),
      letters: count,
      lastLetterAt: moment.nullable(),
      openedAt: moment.nullable(),
      answeredAt: moment.nullable(),
    }),
  ),
)
named('CaseDisposition', z.object({ id: z.int(), disposition }))
named(
  'CampaignConflicts',
  paged(
    z.object({
      case: z.int(),
      code: z.string().describe('Of the firm or household'),
      answers: z.array(
        z.object({
          id: z.uuid(),
          standing: z.enum(['main', 'rival', 'set_aside']),
          mode: z.enum(['web', 'interviewer', 'paper']),
          complete: z.boolean(),
          device: z.string().nullable().describe('Label of the tablet'),
          interviewer: z.string().nullable().describe('Whose tablet it is'),
          startedAt: moment.describe('By the device’s clock, as sentAt'),
          sentAt: moment,
          receivedAt: moment,
        }),
      ),
    }),
  ),
)
named('ChosenAnswer', z.object({ case: z.int(), answer: z.uuid(), setAside: count.describe('Other answers, kept') }))
named('CampaignAssignment', z.object({ assigned: count.describe('Cases that changed hands') }))
const fieldLine = {
  sampled: count.describe('Cases that are asked, replacements that were released included'),
  reached: count,
  answered: count,
  outcomes: z
    .object({
      complete: count,
      partial: count,
      refused: count,
      nonContact: count,
      other: count,
      unknown: count,
      ineligible: count,
      quotaFull: count,
    })
    .describe('AAPOR’s I, P, R, NC, O, U and NE, those whom a filled quota turned away (4.80) apart'),
  rates: z.object({ rr1: estimate, rr2: estimate, rr3: estimate, rr4: estimate }),
}
named(
  'FieldReport',
  z.object({
    campaign: line,
    frame: count.describe('Members of the frame'),
    target: count.describe('Main cases of the sample'),
    conflicts: count.describe('Cases with answers that nobody has decided on'),
    ...fieldLine,
    eligible: z.number().describe('e: share of the cases of unknown eligibility that is taken to be eligible'),
    days: z.array(z.object({ day, web: count, interviewer: count, paper: count })).describe('Complete answers'),
    sections: z.array(
      z.object({
        code: z.string(),
        title: text,
        timeMs: estimate.describe('Median over at most 500 complete answers, chosen by chance'),
        questions: z.array(
          z.object({
            code: z.string(),
            short: text,
            stopped: estimate.nullable().describe('Share that went no further, of those who got there'),
          }),
        ),
      }),
    ),
  }),
)
named('FieldStrata', paged(z.object({ stratum: z.string(), frame: count, ...fieldLine })))
named('LetterDocument', z.string().describe('HTML without scripts, with the page sizes of its paper'))
const waiting = z.object({
  cases: count,
  batches: z.array(z.object({ cursor: z.string(), cases: count })).describe('Documents of at most 200 letters'),
})
named(
  'WaitingLetters',
  z.object({
    isReadable: z.boolean().describe('false: contacts are kept under a key that this server has not got'),
    invitation: waiting,
    reminder: waiting,
  }),
)
named('LettersSent', z.object({ sent: count.describe('To how many') }))
named(
  'CampaignEvents',
  paged(
    z.object({
      id: z.int(),
      at: moment,
      by: z.string(),
      action: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
)
named(
  'Interviewers',
  z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), cases: count, complete: count })),
    next: z.null(),
  }),
)
named(
  'InterviewerAccount',
  z.object({
    id: z.string(),
    email: z.string(),
    password: z.string().nullable().describe('Shown this once; null for an account that was there'),
  }),
)
named('SurveyFile', z.string())
const label = z.object({ vi: z.string(), en: z.string() })
named(
  'SurveyCodebook',
  z.object({
    campaign: z.object({ id: z.int(), title: z.string() }),
    questionnaire: z.object({ code: z.string(), version: z.int(), title: label }),
    answers: count.describe('Complete answers'),
    risk: z.object({
      attributes: z.array(z.string()).describe('Of the frame, that leave with the answers'),
      minimum: count,
      small: count.describe('Answers that share stratum and attributes with fewer than `minimum`'),
      alone: count.describe('Of these, answers that share them with none'),
    }),
    parts: z.array(
      z.object({
        part: z.enum(PARTS),
        withheld: z.enum(['until_closed']).nullable().describe('Why no file of this part leaves yet'),
        columns: z.array(
          z.object({
            name: z.string(),
            label,
            kind: z.enum(['number', 'day', 'text']),
            measure: z.enum(['nominal', 'ordinal', 'scale']),
            decimals: z.int(),
            values: z.array(z.object({ code: z.string(), number: z.number(), label })),
            missing: z
              .object({ dont_know: z.number(), skipped: z.number(), not_asked: z.number() })
              .nullable()
              .describe('Numbers that stand for what is missing in a system file'),
          }),
        ),
      }),
    ),
  }),
)
