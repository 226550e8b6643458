import { z } from 'zod'
import { definitionSchema } from '../core/index/definition.ts'
import { count, moment, named, paged, text } from './answers.ts'

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
