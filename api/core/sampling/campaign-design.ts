import { z } from 'zod'
import { fold } from '../dossier/fold.ts'
import type { SampleDesign } from './draw.ts'

/** The most strata, and the most classes of an attribute: more are no classes, but names of single members. */
export const STRATA_MAX = 1000
export const CLASSES_MAX = 500
/** The most cases of one sample, replacements included. */
export const CASES_MAX = 300_000

const header = z.string().trim().min(1).max(200)
const columns = z.strictObject({
  /** Code of a firm or household. */
  code: header,
  /** Columns whose values together are a stratum; none: the whole list is one. */
  strata: z.array(header).max(6),
  /** Commune by code or name; it may be one of the strata as well. */
  commune: header.nullable(),
  /** Measure of size, for drawing first-stage units. */
  size: header.nullable(),
  /** First-stage unit. */
  psu: header.nullable(),
  /** Classes to weight by, or to limit by quotas; those of the strata are kept anyway. */
  attributes: z.array(header).max(12),
})
const contacts = z.strictObject({
  name: header.nullable(),
  address: header.nullable(),
  phone: header.nullable(),
  email: header.nullable(),
})
const stratumName = z.string().max(1300)
const count = z.int().min(0).max(CASES_MAX)
const allocation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proportional'), total: count, minimum: z.int().min(0).max(10_000) }),
  z.strictObject({
    kind: z.literal('fixed'),
    strata: z.array(z.strictObject({ stratum: stratumName, cases: count })).max(STRATA_MAX),
  }),
])
const line = z.string().trim().max(200)
const letter = z.strictObject({
  /** Who writes: the office's name and address, as they stand at the head of a letter. */
  sender: line,
  senderAddress: line,
  /** Where questions are answered. */
  phone: line,
  email: line,
  /** `Hưng Yên, ngày …`: the place. */
  place: line,
  signerTitle: line,
  signerName: line,
  /** One paragraph on what the survey is for, in both languages; empty: a standing one. */
  purpose: z.strictObject({ vi: z.string().trim().max(600), en: z.string().trim().max(600) }),
})

/** How a campaign reads its frame, draws its sample and writes its letters. */
export const campaignDesignSchema = z.strictObject({
  columns,
  /** Columns with names and addresses, kept encrypted; null: none are kept. */
  contacts: contacts.nullable(),
  /** Interviewers see the contacts of their own cases. */
  contactsToInterviewers: z.boolean().optional(),
  allocation,
  certainty: z.array(stratumName).max(STRATA_MAX),
  perUnit: z.int().min(1).max(10_000).nullable(),
  reserve: z.number().min(0).max(3),
  letter,
}) satisfies z.ZodType<SampleDesign>
export type CampaignDesign = z.infer<typeof campaignDesignSchema>

/** One fault of a design: where, and what. */
export interface DesignFault {
  readonly path: string
  readonly code: 'psu_needed' | 'per_unit_needed' | 'no_contact_column' | 'attribute_is_contact' | 'code_is_class'
}

/** What the schema cannot see: parts that need or exclude each other. */
export function designFaults({ columns: read, contacts: kept, perUnit }: CampaignDesign): DesignFault[] {
  const faults: DesignFault[] = []
  // as headers are read: two that differ only in accents, case or blanks are one column of the file
  const same = (column: string) => fold(column) || column
  const open = new Set([...read.strata, ...read.attributes, read.psu, read.commune, read.size].flatMap((c) => c === null ? [] : same(c))) // prettier-ignore
  if (perUnit !== null && read.psu === null) faults.push({ path: 'design.columns.psu', code: 'psu_needed' })
  if (perUnit === null && read.psu !== null) faults.push({ path: 'design.perUnit', code: 'per_unit_needed' })
  // classes, clusters, communes and sizes are kept in the open and travel with answers, so nothing that names somebody may be one
  if (open.has(same(read.code))) faults.push({ path: 'design.columns', code: 'code_is_class' })
  if (kept === null) return faults
  const named = Object.values(kept).filter((column) => column !== null)
  if (named.length === 0) faults.push({ path: 'design.contacts', code: 'no_contact_column' })
  if (named.some((column) => open.has(same(column))))
    faults.push({ path: 'design.columns', code: 'attribute_is_contact' })
  return faults
}

/** Columns whose values are kept in the open beside a member: those of the strata, then the other attributes. */
export function attributeColumns({ columns: read }: CampaignDesign): string[] {
  return [...new Set([...read.strata, ...read.attributes])]
}
