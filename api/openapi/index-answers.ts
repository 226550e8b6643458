import { z } from 'zod'
import {
  aggregateSchema,
  coverageSchema,
  definitionSchema,
  normaliseSchema,
  blankSchema,
} from '../core/index/definition.ts'
import { count, day, estimate, moment, named, needed, paged, period, text, unitKind, unitRef } from './answers.ts'

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
    breaks: z.array(z.object({ on: day, code: z.string() })),
    counts: z.object({ dossiers: count, invited: count, answered: count }),
    responseRate: estimate,
    clusters: count.describe('Days of units on which people who answered came'),
    strata: count,
    warnings: z.array(z.string()),
    elements: z.array(element).describe('Nodes from the root down, then indicators'),
    blanks: z.array(blankSchema).describe('Parts of the official index that are not measured: left blank'),
  }),
)
