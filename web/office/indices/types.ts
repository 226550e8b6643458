/** What the index pages read from the API, as they rely on it. Days, months and instants as in `../api/types.ts`. */
import type { IndexDefinition, Aggregate, Normalise } from '../../../api/core/index/definition.ts'
import type { Text } from '../../i18n/i18n.ts'
import type { Estimate, Page, Period, UnitKind, UnitRef } from '../api/types.ts'

export type { Aggregate, IndexDefinition, Normalise }
export type Scale = { min: number; max: number }
export type EditionKey = { id: string; edition: string }
export type EditionState = 'shipped' | 'draft' | 'published' | 'retired'

export type EditionRow = EditionKey & {
  state: EditionState
  /** The structure of a published index; what we compute with it is an internal estimate all the same. */
  official: boolean
  label: Text
  scale: Scale
  nodes: number
  indicators: number
  sha256: string
  copiedFrom: (EditionKey & { sha256: string }) | null
  changedAt: string | null
  changedBy: string | null
  publishedAt: string | null
  publishedBy: string | null
}
export type Edition = EditionRow & { definition: IndexDefinition }

export type IndexRun = Period & {
  id: number
  index: string
  edition: string
  madeAt: string
  /** `job` for the night's work, else a user's id or name. */
  madeBy: string
  nightly: boolean
  answers: number
  codeVersion: string
  definitionSha256: string
  inputsSha256: string
  unitsSha256: string
}
export type SourceKind = 'item' | 'register' | 'hard' | 'none'
export type RunDetail = IndexRun & {
  label: Text
  indicators: { code: string; label: Text; source: SourceKind; reason: string | null; goalposts: Scale | null }[]
}
export type RerunReport = {
  id: number
  same: boolean
  scores: number
  inputsSha256: string
  version: { stored: string; current: string }
  differences: { unit: number; node: string }[]
  differencesOmitted: number
}

export type PlaceSet = { lo: number; hi: number }
export type PeerGroup = 'clearly_above' | 'not_distinguishable' | 'clearly_below'
export type ScoreBreak = 'merger' | 'edition' | 'definition' | 'units' | 'goalposts' | 'code'
export type Coverage = { covered: number; of: number | null; note: Text }
export type SelectionBand = {
  rho: number
  participation: number
  reach: number
  lo: number
  hi: number
  worth: number | null
}

export type ScoreElement = {
  code: string
  kind: 'node' | 'indicator'
  parent: string | null
  depth: number
  label: Text
  source: string
  weight: number
  aggregate: Aggregate | null
  estimate: Estimate
  needed: number | null
  grade: string | null
  /** Children that the score is made of, and how many there are. */
  present: number
  of: number
  coverage: Coverage | null
  indicator: {
    direction: 'higher' | 'lower'
    normalise: Normalise
    goalposts: Scale | null
    from: SourceKind
    reason: string | null
    /** The indicator in its own units. */
    raw: Estimate
  } | null
  warnings: string[]
  selection: SelectionBand | null
  expected: Estimate | null
  ownWeight: number | null
  peers: {
    of: number
    median: number | null
    group: PeerGroup | null
    places: PlaceSet | null
    ownPlaces: PlaceSet | null
  }
  /** Points of the total between the unit and the median of its peers; positive: to be won. */
  gapPoints: number | null
  whatIf: { peerMedian: number | null; worth: number | null } | null
}

export type Blank = { code: string; parent: string | null; label: Text; reason: Text; source: string }

export type UnitScores = {
  unit: UnitRef & { kind: UnitKind }
  sample: boolean
  period: Period
  index: EditionKey & { official: boolean; label: Text; scale: Scale; notes: Text[] }
  run: IndexRun
  breaks: { on: string; code: string }[]
  breaksBefore: ScoreBreak[]
  counts: { dossiers: number; invited: number; answered: number }
  responseRate: Estimate
  clusters: number
  strata: number
  warnings: string[]
  gap: { own: number; reference: number; gap: number; left: string[] } | null
  elements: ScoreElement[]
  blanks: Blank[]
}

export type ExplainStep = {
  code: string
  kind: 'node' | 'indicator'
  parent: string | null
  label: Text
  source: string
  estimate: Estimate
  withheld: 'hidden' | 'interval_only' | 'elsewhere' | null
  weight: number
  share: number | null
  effective: number | null
  contribution: number | null
  node: { aggregate: Aggregate; multiply: number; minShare: number; present: number; of: number } | null
  indicator: {
    direction: 'higher' | 'lower'
    normalise: Normalise
    goalposts: Scale | null
    from: SourceKind
    raw: Estimate | null
    code: string | null
    item: { code: string; text: Text | null; short: Text | null } | null
    statistic: string | null
    procedures: string | null
    weighting: { n: number; kish: number; deff: number | null } | null
    options: { code: string; text: Text | null; value: number | null; n: number }[] | null
    na: number | null
  } | null
}
export type Explanation = {
  unit: UnitRef & { kind: UnitKind }
  run: IndexRun
  node: string
  counts: { dossiers: number; invited: number; answered: number }
  clusters: number
  strata: number
  steps: ExplainStep[]
}

export type ChangeParts = { own: number; mix: number; goalposts: number; weights: number }
export type ChangeElement = {
  code: string
  parent: string | null
  label: Text
  before: Estimate
  after: Estimate
  change: Estimate
  parts: ChangeParts | null
}
export type ScoreChange = {
  unit: UnitRef
  before: IndexRun
  after: IndexRun
  breaks: ScoreBreak[]
  comparable: boolean
  elements: ChangeElement[]
}
export type SeriesPoint = Period & { run: number; edition: string; estimate: Estimate; breaks: ScoreBreak[] }
export type ScoreSeries = { unit: UnitRef; index: string; node: string | null; items: SeriesPoint[]; next: null }

export type PlaceSpan = { lo: number; median: number; hi: number }
export type Sensitivity = {
  unit: UnitRef & { kind: UnitKind }
  run: IndexRun
  /** Units of the kind that have a total of shown values. */
  of: number
  draws: number
  spread: number
  weights: PlaceSpan | null
  normalisation: PlaceSpan | null
  dropped: PlaceSpan | null
  all: { lo: number; hi: number } | null
  variants: { kind: 'normalisation' | 'dropped'; name: string; meanMove: number }[]
}

export type FigureImportReport = {
  rows: number
  created: number
  updated: number
  unchanged: number
  missing: number
  rejected: number
  ignoredColumns: string[]
  issues: { line: number; column: string; code: string }[]
  issuesOmitted: number
}
export type OfficialIndex = {
  index: string
  edition: string
  fromYear: number
  toYear: number
  units: number
  nodes: string[]
}
export type OfficialIndices = { items: OfficialIndex[]; next: null }
export type OfficialResult = {
  index: string
  edition: string
  year: number
  unit: { id: number | null; name: string }
  node: string
  value: number
  low: number | null
  high: number | null
  n: number | null
  source: string
  importedAt: string
  importedBy: string
}
export type OfficialResults = Page<OfficialResult>
export type OfficialPoint = {
  year: number
  edition: string
  value: number | null
  low: number | null
  high: number | null
  n: number | null
  source: string
  /** Not published for this unit, but carried from those that went into it. */
  estimated: boolean
  parts: (UnitRef & { weight: number; value: number | null })[]
  breaks: ('edition' | 'units' | 'not_comparable')[]
}
export type OfficialSeries = {
  unit: UnitRef
  official: { index: string; node: string }
  ours: { index: string; node: string } | null
  carriedBy: 'equal' | 'population' | null
  items: OfficialPoint[]
  estimates: { year: number; run: number; edition: string; estimate: Estimate }[]
}
type WithError = { est: number; se: number; lo: number; hi: number }
export type Agreement = {
  index: { id: string; node: string }
  official: { id: string; node: string }
  pairs: {
    unit: UnitRef
    year: number
    run: number
    ours: Estimate
    official: { value: number; low: number | null; high: number | null; estimated: boolean }
  }[]
  n: number
  units: number
  years: number
  calibratable: boolean
  reason: 'too_few_units' | null
  spearman: { est: number | null; lo: number | null; hi: number | null; p: number | null } | null
  blandAltman: {
    n: number
    bias: WithError | null
    sd: number | null
    lower: WithError | null
    upper: WithError | null
    trend: { intercept: number; slope: number; slopeP: number | null } | null
  } | null
  concordance: { ccc: number | null; lo: number | null; hi: number | null } | null
  outOfSample: {
    years: { year: number; n: number; plain: number; equated: number }[]
    plain: number
    equated: number
  } | null
  changes: {
    unit: number
    from: number
    to: number
    ours: number
    official: number
    agrees: boolean
    unclear: boolean
  }[]
  coverage: {
    edition: string
    seen: number
    of: number
    parts: { code: string; parent: string | null; label: Text; seen: boolean; coverage: Coverage | null }[]
  } | null
}
