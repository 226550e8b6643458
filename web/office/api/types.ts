/**
 * What the office pages read from the API: the wire shapes, as the pages rely on them. Days are `YYYY-MM-DD`,
 * months `YYYY-MM`, instants ISO 8601 with offset.
 */
import type { Text } from '../../i18n/i18n.ts'

export type Role = 'administrator' | 'importer' | 'interviewer'

export type Me = {
  user: { id: string; email: string; name: string }
  tenant: { name: string; sample: boolean }
  role: Role
  province: { id: number; name: string } | null
}

/** A number with what is needed to judge it. When suppressed the numbers are null; `n` may stay. */
export type Estimate = {
  est: number | null
  se: number | null
  df: number | null
  lo: number | null
  hi: number | null
  n: number | null
  nEff: number | null
  method: string | null
  suppressed: null | 'too_few' | 'complementary' | 'not_measured'
}

export type UnitKind = 'province' | 'department' | 'commune' | 'one_stop' | 'centre' | 'district'
export type UnitRef = { id: number; name: string }
export type UnitView = {
  id: number
  name: string
  kind: UnitKind
  parentId: number | null
  /** Null where the beginning is not known. */
  validFrom: string | null
  validTo: string | null
}

export type PeriodKind = 'month' | 'quarter' | 'year'
export type Period = { kind: PeriodKind; from: string; to: string }
export type Periods = { items: Period[]; latest: Period | null; next: null }

export type Page<Item> = { items: Item[]; next: string | null }

export type FigureCode =
  | 'satisfaction'
  | 'qd766_5_4_union'
  | 'qd766_5_4_sum'
  | 'tt01_subtotal'
  | 'tt01_grade'
  | 'papi_like_5_1'
  | 'papi_like_5_3'
  | 'papi_like_5_4'
  | 'papi_like_5'
  | 'pci_like'

export type Step = {
  code: string
  values: Record<string, number | string | null>
  estimate?: Estimate
}

export type Figure = {
  code: FigureCode
  scale: { min: number; max: number }
  estimate: Estimate
  notes: string[]
  needed: number | null
  grade: string | null
  steps: Step[]
}

export type ItemRow = {
  item: string
  short: Text
  rates: 'responsible' | 'receiving' | 'both'
  estimate: Estimate
  /** Only beside a fully shown number; `options` in the order of the texts below. */
  counts: { options: number[]; na: number } | null
  options: Text[]
  needed: number | null
}

export type FieldRow = { field: string; dossiers: number; satisfaction: Estimate; needed: number | null }

export type ChildRow = {
  unit: { id: number; name: string; kind: UnitKind }
  dossiers: number
  answered: number
  satisfaction: Estimate
  needed: number | null
}

export type Counts = {
  dossiers: number
  finished: number
  invited: number
  opened: number
  answered: number
  late: number
  early: number
  onTime: number
  pendingLate: number
}

export type Summary = {
  unit: {
    id: number
    name: string
    kind: UnitKind
    validFrom: string | null
    validTo: string | null
    parent: UnitRef | null
    predecessors: UnitRef[]
    successors: UnitRef[]
  }
  sample: boolean
  period: Period
  /** The moment up to which everything is counted. */
  asOf: string
  breaks: { on: string; code: string }[]
  counts: Counts
  responseRate: Estimate
  figures: Figure[]
  items: ItemRow[]
  fields: FieldRow[]
  children: ChildRow[]
}

export type Compare = 'previous' | 'province' | 'peers'

export type WeakSpot = {
  item: string
  short: Text
  procedure: { id: number; code: string; name: string }
  estimate: Estimate
  rest: Estimate
  /** rest − here, as a share; positive means weaker here. */
  shortfall: Estimate
  p: number
  counts: {
    favourable: number
    valid: number
    na: number
    restFavourable: number
    restValid: number
    options: { text: Text; n: number }[]
  }
  rates: 'responsible' | 'receiving' | 'both'
}

export type WeakSpots = {
  unit: UnitRef
  period: Period
  compare: Compare
  tested: number
  q: number
  /** All weak spots found, of which `items` is one page. */
  total: number
  items: WeakSpot[]
  next: string | null
  few: {
    cells: number
    examples: {
      item: string
      short: Text
      procedure: { id: number; code: string; name: string }
      n: number
      needed: number
    }[]
  }
  intervalOnly: {
    item: string
    short: Text
    procedure: { id: number; code: string; name: string }
    estimate: Estimate
  }[]
}

export type RowIssue = { line: number; column: string | null; code: string; header?: string }

export type ImportResult = {
  rows: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  ignoredColumns: string[]
  issues: RowIssue[]
  issuesOmitted: number
}

export type ImportRun = {
  id: number
  at: string
  /** `key` for a one-stop system, a user's id, or a name. */
  by: string
  rows: number
  created: number
  updated: number
  unchanged: number
  rejected: number
}

export type DossierChange = {
  id: number
  at: string
  by: string
  dossier: string
  field: string
  old: string | null
  new: string | null
}

export type Invitation = {
  token: string
  url: string
  dossier: string
  procedure: { code: string; name: string }
  unit: UnitRef
  receivingUnit: UnitRef
  event: string
  n: number
  day: string
  createdAt: string
  expiresAt: string
}

export type EventType = 'received' | 'supplement_requested' | 'refused' | 'returned'
export type Settings = { inviteEvents: EventType[] }

/** Criteria of TT 01/2018 that a province enters, 0–2 points each; an absent one is not entered. */
export type CriterionCode = 'C2' | 'C5' | 'C6' | 'C8' | 'C9'
export type Criteria = Partial<Record<CriterionCode, number>>
/** What a form changes of them; null takes one back. */
export type CriteriaChange = Partial<Record<CriterionCode, number | null>>
