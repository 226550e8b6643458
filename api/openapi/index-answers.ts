import { z } from 'zod'
import {
  aggregateSchema,
  coverageSchema,
  definitionSchema,
  normaliseSchema,
  blankSchema,
} from '../core/index/definition.ts'
import {
  count,
  day,
  estimate,
  moment,
  month,
  named,
  needed,
  paged,
  period,
  text,
  unitKind,
  unitRef,
} from './answers.ts'

/** What the doors of indices answer. */

const hash = z.string().describe('SHA-256 in hexadecimal of the canonical text (RFC 8785)')
const scale = z.object({ min: z.number(), max: z.number() })
const edition = z.object({
  id: z.string(),
  edition: z.string(),
  state: z.enum(['shipped', 'draft', 'published', 'retired']),
  official: z.boolean().describe('The structure of a published index; what we compute with it is an internal estimate'),
  label: text,
  scale,
  nodes: count,
  indicators: count,
  sha256: hash,
  copiedFrom: z.object({ id: z.string(), edition: z.string(), sha256: hash }).nullable(),
  changedAt: moment.nullable(),
  changedBy: z.string().nullable(),
  publishedAt: moment.nullable(),
  publishedBy: z.string().nullable(),
})
named('IndexEditionPage', paged(edition))
named('IndexEdition', edition.extend({ definition: definitionSchema }))
named('IndexEditionDiscarded', z.object({ discarded: z.literal(true) }))

const indexRun = z.object({
  id: z.int(),
  index: z.string(),
  edition: z.string(),
  ...period.shape,
  madeAt: moment,
  madeBy: z.string(),
  nightly: z.boolean().describe('Replaced by the next night’s run of the same edition and period'),
  answers: count.describe('Answers read'),
  codeVersion: z.string(),
  definitionSha256: hash,
  inputsSha256: z.string().describe('SHA-256 of the frozen inputs of all units'),
  unitsSha256: z.string().describe('SHA-256 of the set of units'),
})
const goalposts = z.object({ min: z.number(), max: z.number() }).nullable()
const sourceKind = z.enum(['item', 'register', 'hard', 'none'])
const sourceReason = z.enum(['no_source', 'other_instrument', 'unknown_item', 'statistic_unfit']).nullable()
named('IndexRunPage', paged(indexRun))
named(
  'IndexRun',
  indexRun.extend({
    label: text,
    indicators: z.array(
      z.object({ code: z.string(), label: text, source: sourceKind, reason: sourceReason, goalposts }),
    ),
  }),
)
named(
  'IndexRerunReport',
  z.object({
    id: z.int(),
    same: z.boolean(),
    scores: count,
    inputsSha256: z.string(),
    version: z.object({ stored: z.string(), current: z.string() }),
    differences: z.array(z.object({ unit: z.int(), node: z.string() })),
    differencesOmitted: count,
  }),
)
const placeSet = z.object({ lo: z.int(), hi: z.int() }).nullable()
const scoreBreak = z.enum(['merger', 'edition', 'definition', 'units', 'goalposts', 'code'])
const element = z.object({
  code: z.string(),
  kind: z.enum(['node', 'indicator']),
  parent: z.string().nullable(),
  depth: count,
  label: text,
  source: z.string(),
  weight: z.number(),
  aggregate: aggregateSchema.nullable(),
  estimate,
  needed,
  grade: z.string().nullable(),
  present: count.describe('Children that the score is made of'),
  of: count,
  coverage: coverageSchema.nullable(),
  indicator: z
    .object({
      direction: z.enum(['higher', 'lower']),
      normalise: normaliseSchema,
      goalposts,
      from: sourceKind,
      reason: sourceReason,
      raw: estimate.describe('The indicator in its own units'),
    })
    .nullable(),
  warnings: z.array(z.string()),
  selection: z
    .object({
      rho: z.number().describe('Assumed correlation between answering and the answer'),
      participation: z.number(),
      reach: z.number(),
      lo: z.number(),
      hi: z.number(),
      worth: z.number().nullable().describe('Answers of a random sample that would be as near to the truth'),
    })
    .nullable()
    .describe('The sampling interval widened by what self-selection may do'),
  expected: estimate.nullable().describe('What peers make one expect, beside the value and never instead of it'),
  ownWeight: z.number().nullable(),
  peers: z.object({
    of: count.describe('Units of its kind that can be compared, itself included'),
    median: z.number().nullable(),
    group: z.enum(['clearly_above', 'not_distinguishable', 'clearly_below']).nullable(),
    places: placeSet.describe('Places that hold for all units of the kind at once'),
    ownPlaces: placeSet.describe('Places for this unit’s own question alone'),
  }),
  gapPoints: z.number().nullable().describe('Points of the total between the unit and the median of its peers'),
  whatIf: z
    .object({
      peerMedian: z.number().nullable().describe('In the indicator’s own units'),
      worth: z.number().nullable().describe('Points of the total that one more of the indicator’s units is worth'),
    })
    .nullable(),
})
named(
  'UnitScores',
  z.object({
    unit: z.object({ ...unitRef.shape, kind: unitKind }),
    sample: z.boolean(),
    period,
    index: z.object({
      id: z.string(),
      edition: z.string(),
      official: z.boolean(),
      label: text,
      scale,
      notes: z.array(text),
    }),
    run: indexRun,
    breaks: z.array(z.object({ on: day, code: z.string() })).describe('Within the period'),
    breaksBefore: z.array(scoreBreak).describe('Between the run of the period before and this one'),
    counts: z.object({ dossiers: count, invited: count, answered: count }),
    responseRate: estimate,
    clusters: count.describe('Days of units on which people who answered came'),
    strata: count,
    warnings: z.array(z.string()),
    gap: z
      .object({ own: z.number(), reference: z.number(), gap: z.number(), left: z.array(z.string()) })
      .nullable()
      .describe('To the median of the peers, over the indicators that both show'),
    elements: z.array(element).describe('Nodes from the root down, then indicators'),
    blanks: z.array(blankSchema).describe('Parts of the official index that are not measured: left blank'),
  }),
)

const unitOfKind = z.object({ ...unitRef.shape, kind: unitKind })
named(
  'ScoreExplanation',
  z.object({
    unit: unitOfKind,
    run: indexRun,
    node: z.string(),
    counts: z.object({ dossiers: count, invited: count, answered: count }),
    clusters: count,
    strata: count,
    steps: z.array(
      z.object({
        code: z.string(),
        kind: z.enum(['node', 'indicator']),
        parent: z.string().nullable(),
        label: text,
        source: z.string(),
        estimate,
        withheld: z
          .enum(['hidden', 'interval_only', 'elsewhere'])
          .nullable()
          .describe('Why the step has no numbers of its own'),
        weight: z.number(),
        share: z.number().nullable().describe('Weight among the children present'),
        effective: z.number().nullable().describe('Weight in the total'),
        contribution: z.number().nullable().describe('Points of the score of its parent'),
        node: z
          .object({
            aggregate: aggregateSchema,
            multiply: z.number(),
            minShare: z.number(),
            present: count,
            of: count,
          })
          .nullable(),
        indicator: z
          .object({
            direction: z.enum(['higher', 'lower']),
            normalise: normaliseSchema,
            goalposts,
            from: sourceKind,
            raw: estimate.nullable(),
            code: z.string().nullable().describe('Of a register or imported figure'),
            item: z.object({ code: z.string(), text: text.nullable(), short: text.nullable() }).nullable(),
            statistic: z.string().nullable(),
            procedures: z.string().nullable(),
            weighting: z.object({ n: count, kish: z.number(), deff: z.number().nullable() }).nullable(),
            options: z
              .array(z.object({ code: z.string(), text: text.nullable(), value: z.number().nullable(), n: count }))
              .nullable(),
            na: count.nullable(),
          })
          .nullable(),
      }),
    ),
  }),
)
named(
  'ScoreChange',
  z.object({
    unit: unitRef,
    before: indexRun,
    after: indexRun,
    breaks: z.array(scoreBreak),
    comparable: z.boolean().describe('Whether both runs are of one index: else there are no parts'),
    elements: z.array(
      z.object({
        code: z.string(),
        parent: z.string().nullable(),
        label: text,
        before: estimate,
        after: estimate,
        change: estimate,
        parts: z
          .object({ own: z.number(), mix: z.number(), goalposts: z.number(), weights: z.number() })
          .nullable()
          .describe('They add up to the change'),
      }),
    ),
  }),
)
const span = z.object({ lo: z.number(), median: z.number(), hi: z.number() }).nullable()
named(
  'ScoreSensitivity',
  z.object({
    unit: unitOfKind,
    run: indexRun,
    of: count.describe('Units of the kind that have a total of shown values'),
    draws: count,
    spread: z.number(),
    weights: span,
    normalisation: span,
    dropped: span,
    all: z.object({ lo: z.number(), hi: z.number() }).nullable(),
    variants: z.array(z.object({ kind: z.enum(['normalisation', 'dropped']), name: z.string(), meanMove: z.number() })),
  }),
)
named(
  'ScoreSeries',
  z.object({
    unit: unitRef,
    index: z.string(),
    node: z.string().nullable(),
    items: z.array(
      z.object({ ...period.shape, run: z.int(), edition: z.string(), estimate, breaks: z.array(scoreBreak) }),
    ),
    next: z.null(),
  }),
)

const number = z.number().nullable()
named(
  'FigureImportReport',
  z.object({
    rows: count,
    created: count,
    updated: count,
    unchanged: count,
    missing: count.describe('Rows without a value: not stored, and no fault'),
    rejected: count,
    ignoredColumns: z.array(z.string()),
    issues: z.array(z.object({ line: z.int(), column: z.string(), code: z.string() })),
    issuesOmitted: count,
  }),
)
named(
  'OfficialResultPage',
  paged(
    z.object({
      index: z.string(),
      edition: z.string(),
      year: z.int(),
      unit: z.object({ id: z.int().nullable(), name: z.string() }),
      node: z.string(),
      value: z.number(),
      low: number,
      high: number,
      n: count.nullable(),
      source: z.string(),
      importedAt: moment,
      importedBy: z.string(),
    }),
  ),
)
named(
  'OfficialIndices',
  z.object({
    items: z.array(
      z.object({
        index: z.string(),
        edition: z.string(),
        fromYear: z.int(),
        toYear: z.int(),
        units: count,
        nodes: z.array(z.string()),
      }),
    ),
    next: z.null(),
  }),
)
const seriesNode = z.object({ index: z.string(), node: z.string() })
named(
  'OfficialSeries',
  z.object({
    unit: unitRef,
    official: seriesNode,
    ours: seriesNode.nullable(),
    carriedBy: z.enum(['equal', 'population']).nullable().describe('Weights of the predecessors, where any are used'),
    items: z.array(
      z.object({
        year: z.int(),
        edition: z.string(),
        value: number.describe('null: a predecessor has no result'),
        low: number,
        high: number,
        n: count.nullable(),
        source: z.string(),
        estimated: z.boolean().describe('Not published for this unit, but carried from those that went into it'),
        parts: z.array(z.object({ ...unitRef.shape, weight: z.number(), value: number })),
        breaks: z.array(z.enum(['edition', 'units', 'not_comparable'])),
      }),
    ),
    estimates: z.array(z.object({ year: z.int(), run: z.int(), edition: z.string(), estimate })),
  }),
)
const withError = z.object({ est: z.number(), se: z.number(), lo: z.number(), hi: z.number() }).nullable()
named(
  'IndexAgreement',
  z.object({
    index: z.object({ id: z.string(), node: z.string() }),
    official: z.object({ id: z.string(), node: z.string() }),
    pairs: z.array(
      z.object({
        unit: unitRef,
        year: z.int(),
        run: z.int(),
        ours: estimate,
        official: z.object({ value: z.number(), low: number, high: number, estimated: z.boolean() }),
      }),
    ),
    n: count,
    units: count,
    years: count,
    calibratable: z.boolean().describe('Whether there are units enough to say anything of the level'),
    reason: z.enum(['too_few_units']).nullable(),
    spearman: z
      .object({
        est: number,
        statistic: number,
        df: number,
        p: number,
        exact: z.boolean(),
        lo: number,
        hi: number,
      })
      .nullable(),
    blandAltman: z
      .object({
        n: count,
        bias: withError,
        sd: number,
        lower: withError,
        upper: withError,
        trend: z
          .object({
            intercept: z.number(),
            slope: z.number(),
            slopeSe: number,
            slopeP: number,
            r: number,
          })
          .nullable(),
      })
      .nullable(),
    concordance: z
      .object({
        n: count,
        ccc: number,
        se: number,
        lo: number,
        hi: number,
        r: number,
        biasCorrection: number,
        scaleShift: number,
        locationShift: number,
      })
      .nullable(),
    outOfSample: z
      .object({
        years: z.array(z.object({ year: z.int(), n: count, plain: z.number(), equated: z.number() })),
        plain: z.number(),
        equated: z.number(),
      })
      .nullable(),
    changes: z.array(
      z.object({
        unit: z.int(),
        from: z.int(),
        to: z.int(),
        ours: z.number(),
        official: z.number(),
        agrees: z.boolean(),
        unclear: z.boolean(),
      }),
    ),
    coverage: z
      .object({
        edition: z.string(),
        seen: count,
        of: count,
        parts: z.array(
          z.object({
            code: z.string(),
            parent: z.string().nullable(),
            label: text,
            seen: z.boolean(),
            coverage: coverageSchema.nullable(),
          }),
        ),
      })
      .nullable(),
  }),
)
named(
  'HardFigurePage',
  paged(
    z.object({
      code: z.string(),
      unit: unitRef,
      from: month,
      to: month,
      value: z.number(),
      n: count.nullable(),
      source: z.string(),
      importedAt: moment,
      importedBy: z.string(),
    }),
  ),
)
