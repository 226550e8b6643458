import type { Transaction } from 'kysely'
import { insertContacts, insertFrame, insertStrata } from '../../db/queries/campaign-frame.ts'
import { nextIds } from '../../db/queries/ids.ts'
import type { DB } from '../../db/schema/tables.ts'
import { DossierFileError } from '../core/dossier/errors.ts'
import { fold } from '../core/dossier/fold.ts'
import { CLASSES_MAX, STRATA_MAX, type CampaignDesign } from '../core/sampling/campaign-design.ts'
import { stratumOf, type FrameIssue, type FrameRow } from '../core/sampling/frame.ts'
import type { TokenKeys } from '../invitations/token.ts'
import type { CampaignKey } from './campaign.ts'
import type { FoundCommune } from './communes.ts'
import { sealContact } from './contacts.ts'

/** What was taken in. */
export interface Taken {
  rows: number
  strata: number
  contacts: number
  /** The first faults; `issuesOmitted` counts the others. */
  issues: FrameIssue[]
  issuesOmitted: number
  /** Pairs of strata whose names differ in nothing but case, accents and punctuation. */
  similarStrata: [string, string][]
}
const ROWS_PER_BATCH = 2000
const ISSUES_LISTED = 500
const SIMILAR_LISTED = 20

/** Takes rows in, writes the good ones in batches, and counts what the report tells. After the first fault nothing is written. */
export function frameIntake(
  trx: Transaction<DB>,
  key: CampaignKey,
  design: CampaignDesign,
  { contactKeys, findCommune }: { contactKeys: TokenKeys | null; findCommune: (text: string) => FoundCommune },
) {
  const strata = new Map<string, number>()
  const classes = new Map<string, Set<string>>()
  /** Of each first-stage unit as its first member says it. */
  const sizes = new Map<string, number>()
  const issues: FrameIssue[] = []
  let [rows, contacts, omitted] = [0, 0, 0]
  let batch: Placed[] = []

  const note = (issue: FrameIssue) => {
    if (issues.length < ISSUES_LISTED) issues.push(issue)
    else omitted += 1
  }
  const place = (row: FrameRow): Placed | null => {
    const column = design.columns.commune
    const commune = row.commune === null || column === null ? null : findCommune(row.commune)
    if (typeof commune === 'string') {
      note({ line: row.line, column, code: commune })
      return null
    }
    // a commune that is a class goes by its own name, however the list writes it
    const isClass = commune !== null && column !== null && column in row.attributes
    const attributes = isClass ? { ...row.attributes, [column]: commune.name } : row.attributes
    return { row, attributes, stratum: stratumOf(design, attributes), unitId: commune?.id ?? null }
  }
  const count = ({ row, stratum, attributes }: Placed) => {
    strata.set(stratum, (strata.get(stratum) ?? 0) + 1)
    if (strata.size === STRATA_MAX + 1 && strata.get(stratum) === 1)
      note({ line: row.line, column: design.columns.strata[0] ?? null, code: 'too_many_strata' })
    if (row.psu !== null && row.size !== null) {
      const unit = JSON.stringify([stratum, row.psu])
      const size = sizes.get(unit) ?? row.size
      sizes.set(unit, size)
      if (size !== row.size) note({ line: row.line, column: design.columns.size, code: 'size_differs' })
    }
    for (const [column, value] of Object.entries(attributes)) {
      const seen = classes.get(column) ?? new Set()
      classes.set(column, seen)
      if (seen.size > CLASSES_MAX || seen.has(value)) continue
      seen.add(value)
      if (seen.size > CLASSES_MAX) note({ line: row.line, column, code: 'too_many_classes' })
    }
  }
  const write = async () => {
    const ids = await nextIds(trx, 'campaign_frame', batch.length)
    const members = batch.map((placed, i) => ({ ...placed, id: ids[i] ?? 0 }))
    const twice = await insertFrame(trx, key, firstOfEach(members).map(toWrite))
    const seen = new Set<string>()
    for (const { row } of members) {
      if (seen.has(row.code) || twice.has(row.code))
        note({ line: row.line, column: design.columns.code, code: 'duplicate_code' })
      seen.add(row.code)
    }
    if (issues.length > 0 || contactKeys === null) return
    const sealed = members.flatMap(({ row, id }) =>
      row.contact === null || Object.keys(row.contact).length === 0
        ? []
        : [{ frame_id: id, ...sealContact(contactKeys, { ...key, frameId: id }, row.contact) }],
    )
    contacts += sealed.length
    await insertContacts(trx, key, sealed)
  }
  const flush = async () => {
    if (batch.length > 0) await write()
    batch = []
  }
  return {
    take: async (row: FrameRow | FrameIssue[]) => {
      rows += 1
      if (Array.isArray(row)) return row.forEach(note)
      const placed = place(row)
      if (placed === null) return
      count(placed)
      batch.push(placed)
      if (batch.length >= ROWS_PER_BATCH) await flush()
    },
    finish: async (): Promise<Taken> => {
      await flush()
      if (rows === 0) throw new DossierFileError('empty_file')
      if (issues.length === 0)
        await insertStrata(
          trx,
          key,
          [...strata].map(([stratum, members]) => ({ stratum, members })),
        )
      issues.sort((a, b) => a.line - b.line)
      return {
        rows,
        strata: strata.size,
        contacts,
        issues,
        issuesOmitted: omitted,
        similarStrata: similar([...strata.keys()]),
      }
    },
  }
}

/** A row that has found its commune and stratum. */
interface Placed {
  readonly row: FrameRow
  readonly attributes: Readonly<Record<string, string>>
  readonly stratum: string
  readonly unitId: number | null
}

function firstOfEach<Member extends Placed>(members: readonly Member[]): Member[] {
  return [...new Map(members.toReversed().map((member) => [member.row.code, member])).values()]
}

function toWrite({ id, row, attributes, stratum, unitId }: Placed & { id: number }) {
  const { code, psu, size } = row
  return { id, code, stratum, psu, size, unit_id: unitId, attributes: JSON.stringify(attributes) }
}

function similar(strata: readonly string[]): [string, string][] {
  const first = new Map<string, string>()
  const pairs = strata.toSorted().flatMap((stratum): [string, string][] => {
    const known = first.get(fold(stratum))
    first.set(fold(stratum), known ?? stratum)
    return known === undefined ? [] : [[known, stratum]]
  })
  return pairs.slice(0, SIMILAR_LISTED)
}
