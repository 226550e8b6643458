import { z } from 'zod'

/** What the endpoints answer, under the names by which the API description refers to them. */
export const answers = new Map<string, z.ZodType>()

/** Gives a schema the name by which the description refers to it. */
export const named = <S extends z.ZodType>(id: string, schema: S): S => {
  answers.set(id, schema)
  return schema
}
export const text = z.object({ vi: z.string(), en: z.string() })
export const unitRef = z.object({ id: z.int(), name: z.string() })
export const day = z.iso.date()
export const moment = z.iso.datetime({ offset: true })
const asOf = moment.describe('Everything that was stored before is counted; at most ten seconds before the answer')
export const count = z.int().min(0)
const rates = z.enum(['responsible', 'receiving', 'both'])
export const unitKind = z.enum(['province', 'department', 'commune', 'one_stop', 'centre', 'district'])
const eventType = z.enum(['received', 'supplement_requested', 'refused', 'returned', 'withdrawn'])
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const procedureRef = z.object({ id: z.int(), code: z.string(), name: z.string() })
export const paged = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next: z.string().nullable() })
const number = z.number().nullable()
export const needed = count.nullable().describe('How many more answers are needed before the number is shown, about')

export const estimate = named(
  'Estimate',
  z
    .object({
      est: number.describe(
        'The estimate; null when suppressed, or when only the interval may be shown (10 to 29 answers)',
      ),
      se: number.describe('Standard error'),
      df: number.describe('Degrees of freedom of the interval; null: normal'),
      lo: number.describe('Lower end of the 95 % interval'),
      hi: number.describe('Upper end of the 95 % interval'),
      n: number.describe('Answers it rests on'),
      nEff: number.describe('Size of a simple random sample of the same precision'),
      method: z.string(),
      suppressed: z.enum(['too_few', 'complementary', 'not_measured']).nullable(),
    })
    .describe(
      'A number with what is needed to judge it: an internal estimate of the office, never an official PAPI or PCI value',
    ),
)

export const period = named('Period', z.object({ kind: z.enum(['month', 'quarter', 'year']), from: month, to: month }))

named('Health', z.object({ status: z.literal('ok') }))
named(
  'Metrics',
  z.string().describe('OpenMetrics text 1.0.0; route patterns, methods, statuses and job names as labels'),
)
named('ApiDescription', z.looseObject({ openapi: z.string() }).describe('This document'))
named(
  'Me',
  z.object({
    user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable().describe('null for a key'),
    tenant: z.object({ name: z.string(), sample: z.boolean() }),
    role: z.enum(['administrator', 'importer', 'interviewer']),
    province: unitRef.nullable(),
  }),
)
named('Settings', z.object({ inviteEvents: z.array(eventType) }))

named(
  'Invitation',
  z.object({
    token: z.string().optional().describe('The token of the same ask, when it was asked for by short code'),
    state: z.enum(['open', 'partial', 'complete']),
    expiresAt: moment,
    unit: unitRef,
    receivingUnit: unitRef,
    procedure: z.object({ code: z.string(), name: z.string() }),
    event: eventType,
    applicant: z.enum(['citizen', 'business', 'organisation']),
    sample: z.boolean(),
    instrument: z.object({ code: z.string(), version: z.int(), definition: z.looseObject({ code: z.string() }) }),
    show: z.array(z.string()).max(5).describe('Items asked after the overall one'),
    more: z.array(z.string()).describe('Items for whoever wants to answer all'),
    response: z
      .object({ id: z.uuid(), revision: z.int(), answers: z.record(z.string(), z.unknown()) })
      .nullable()
      .describe('While partial, so that an answer can be continued elsewhere'),
  }),
)
named(
  'Stored',
  z
    .object({ id: z.uuid(), revision: z.int(), state: z.enum(['partial', 'complete']) })
    .describe('Committed, and survives a crash'),
)
named('Withdrawn', z.object({ withdrawn: z.literal(true) }))
named(
  'InvitationPage',
  paged(
    z.object({
      token: z.string(),
      url: z.url(),
      dossier: z.string(),
      procedure: z.object({ code: z.string(), name: z.string() }),
      unit: unitRef,
      receivingUnit: unitRef,
      event: eventType,
      n: z.int(),
      day,
      createdAt: moment,
      expiresAt: moment,
    }),
  ),
)

named('SlipDocument', z.string().describe('HTML without scripts, with the page sizes of its paper'))
named(
  'SlipPage',
  paged(
    z.object({
      ask: z.int().describe('For `?ask=` of the slips to print'),
      dossier: z.string(),
      procedure: z.object({ code: z.string(), name: z.string() }),
      event: eventType,
      day: day.describe('Of the event'),
      printed: z.boolean(),
    }),
  ),
)
named(
  'WalkIn',
  z.object({
    id: z.uuid(),
    unit: unitRef,
    procedure: z.object({ code: z.string(), name: z.string() }),
    day,
    expiresAt: moment,
    slip: z.string().describe('Address of its slip'),
  }),
)
named('ProcedurePage', paged(procedureRef.extend({ field: z.string() })))

const issue = z.object({
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  header: z.string().optional(),
})
const counted = { rows: count, created: count, updated: count, unchanged: count, rejected: count }
named(
  'ImportReport',
  z.object({ ...counted, ignoredColumns: z.array(z.string()), issues: z.array(issue), issuesOmitted: count }),
)
named('ImportPage', paged(z.object({ id: z.int(), at: moment, by: z.string(), ...counted })))
named('EventStored', z.object({ state: z.enum(['created', 'updated', 'unchanged']) }))
named(
  'ChangePage',
  paged(
    z.object({
      id: z.int(),
      at: moment,
      by: z.string(),
      dossier: z.string(),
      field: z.string(),
      old: z.string().nullable(),
      new: z.string().nullable(),
    }),
  ),
)

named(
  'UnitPage',
  paged(
    z.object({
      id: z.int(),
      name: z.string(),
      kind: unitKind,
      parentId: z.int().nullable(),
      validFrom: day.nullable(),
      validTo: day.nullable(),
    }),
  ),
)
named('Periods', z.object({ items: z.array(period), latest: period.nullable(), next: z.null() }))
const figure = named(
  'Figure',
  z.object({
    code: z.string(),
    scale: z.object({ min: z.number(), max: z.number() }),
    estimate,
    notes: z.array(z.string()),
    needed,
    grade: z.string().nullish(),
    steps: z.array(
      z.object({
        code: z.string(),
        values: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
        estimate: estimate.optional(),
      }),
    ),
  }),
)
named(
  'UnitSummary',
  z.object({
    unit: z.object({
      id: z.int(),
      name: z.string(),
      kind: unitKind,
      validFrom: day.nullable(),
      validTo: day.nullable(),
      parent: unitRef.nullable(),
      predecessors: z.array(unitRef),
      successors: z.array(unitRef),
    }),
    sample: z.boolean(),
    period,
    asOf,
    breaks: z.array(z.object({ on: day, code: z.string() })),
    counts: z.object({
      dossiers: count,
      finished: count,
      invited: count,
      opened: count,
      answered: count,
      late: count,
      early: count,
      onTime: count,
      pendingLate: count,
    }),
    responseRate: estimate,
    figures: z.array(figure),
    items: z.array(
      z.object({
        item: z.string(),
        short: text,
        rates,
        estimate,
        needed,
        counts: z.object({ options: z.array(count), na: count }).nullable(),
        options: z.array(text),
      }),
    ),
    fields: z.array(z.object({ field: z.string(), dossiers: count, satisfaction: estimate, needed })),
    children: z.array(
      z.object({
        unit: z.object({ id: z.int(), name: z.string(), kind: unitKind }),
        dossiers: count,
        answered: count,
        satisfaction: estimate,
        needed,
      }),
    ),
  }),
)
named('Criteria', z.object({ criteria: z.record(z.string(), z.number()) }))
named(
  'WeakSpots',
  z.object({
    unit: unitRef,
    sample: z.boolean(),
    period,
    asOf,
    compare: z.enum(['previous', 'province', 'peers']),
    tested: count.describe('Cells compared'),
    q: z.number().describe('False discovery rate of the list'),
    total: count,
    unmatched: count.describe('Cells with answers enough, but nothing to compare them with'),
    items: z.array(
      z.object({
        item: z.string(),
        short: text,
        procedure: procedureRef,
        rates,
        estimate,
        rest: estimate,
        restBasis: z.enum(['procedure', 'field']),
        shortfall: estimate,
        p: z.number(),
        q: z.number(),
        counts: z.object({
          favourable: count,
          valid: count,
          na: count,
          restFavourable: count,
          restValid: count,
          options: z.array(z.object({ text, n: count })),
        }),
      }),
    ),
    next: z.string().nullable(),
    few: z.object({
      cells: count,
      examples: z.array(z.object({ item: z.string(), short: text, procedure: procedureRef, n: count, needed })),
    }),
    intervalOnly: z.array(z.object({ item: z.string(), short: text, procedure: procedureRef, estimate })),
  }),
)
const runDefinition = z.object({ code: z.string(), version: z.int(), sha256: z.string(), figures: z.string() })
const withdrawReason = z.enum(['wrong_data', 'wrong_method', 'privacy', 'other'])
const run = named(
  'Run',
  z.object({
    id: z.int(),
    ...period.shape,
    state: z.enum(['prepared', 'published', 'superseded', 'withdrawn']),
    preparedAt: moment,
    preparedBy: z.string(),
    publishedAt: moment.nullable(),
    publishedBy: z.string().nullable(),
    withdrawn: z.object({ at: moment, by: z.string().nullable(), reason: withdrawReason.nullable() }).nullable(),
    definition: runDefinition,
    inputsSha256: z.string().describe('SHA-256 of the canonical text of the frozen counts'),
    unitsSha256: z.string(),
  }),
)
named('RunPage', paged(run))
const publicFigure = named(
  'PublicFigure',
  z.object({
    ...figure.shape,
    carriedFrom: z.int().nullable().describe('The run whose value this is, while too few answers have arrived since'),
  }),
)
named(
  'RunReview',
  z.object({
    run,
    previous: z.object({ id: z.int(), publishedAt: moment.nullable() }).nullable(),
    units: count,
    changes: z.record(z.string(), count),
    heldBack: count.describe('Figures not shown because a run withdrawn for privacy showed their counts'),
    items: z.array(
      z.object({
        unit: unitRef,
        ...publicFigure.shape,
        change: z.enum(['new', 'same', 'carried', 'changed', 'shown', 'hidden', 'gone']),
        previous: estimate.nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
)
named(
  'RerunReport',
  z.object({
    id: z.int(),
    same: z.boolean(),
    figures: count,
    inputsSha256: z.string(),
    version: z.object({ stored: z.string(), current: z.string() }),
    differences: z.array(z.object({ unit: z.int(), figure: z.string() })),
    differencesOmitted: count,
  }),
)
const publicRun = named(
  'PublicRun',
  z.object({
    id: z.int(),
    ...period.shape,
    preparedAt: moment,
    publishedAt: moment,
    definition: runDefinition,
    inputsSha256: z.string(),
    superseded: z.boolean().describe('Replaced by a newer run of the same period'),
    withdrawn: z.object({ at: moment, reason: withdrawReason }).nullable(),
  }),
)
const otherRuns = {
  replacedBy: publicRun.nullable().describe('The published run of the same period, when this one was replaced'),
  runs: z.array(publicRun).describe('Other runs to choose from with ?run='),
  nextRuns: z.int().nullable().describe('The ?runsFrom= of the next of them'),
}
const publicUnit = z.object({ id: z.int(), name: z.string(), kind: unitKind, parentId: z.int().nullable() })
named(
  'PublicUnitPage',
  z.object({
    ...paged(publicUnit).shape,
    sample: z.boolean(),
    tenant: z.string().optional(),
    run: publicRun.nullable(),
    ...otherRuns,
  }),
)
named(
  'PublicUnit',
  z.object({
    sample: z.boolean(),
    tenant: z.string(),
    unit: publicUnit,
    run: publicRun,
    ...otherRuns,
    silent: z
      .boolean()
      .describe('Nothing is shown: the run, or one of its period that replaced it, was withdrawn for privacy'),
    figures: z.array(publicFigure),
    responseRate: estimate,
    notMeasured: z.array(z.string()),
    above: publicUnit.nullable(),
    below: z.array(publicUnit),
  }),
)
named('SignedOut', z.object({ success: z.boolean() }))
named('Session', z.looseObject({ user: z.looseObject({ id: z.string(), email: z.string() }) }).nullable())
