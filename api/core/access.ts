import { CAMPAIGN_ACCESS } from './campaign-access.ts'
import { PAPER_ACCESS } from './paper-access.ts'
import { INTERVIEW_ACCESS } from './interview-access.ts'
import { QUESTIONNAIRE_ACCESS } from './questionnaire-access.ts'

/**
 * Who may call: anybody, or the named roles. `importer` also stands for an importer's key; `operator` for whoever runs this
 * instance: the holder of METRICS_TOKEN, or without one a caller on the same machine.
 */
export type Caller = 'public' | 'administrator' | 'importer' | 'interviewer' | 'operator'
export interface Access {
  method: 'GET' | 'POST' | 'PUT'
  /** Path with `:name` for one segment and a final `*` for any rest. */
  path: string
  callers: readonly Caller[]
  /** Also open where `SURFACE=citizen` (no personal data passes). */
  citizen?: true
}
const ADMINISTRATOR = ['administrator'] as const
const STAFF = ['administrator', 'importer'] as const
/** Whoever has signed in. */
const ANY_ROLE = ['administrator', 'importer', 'interviewer'] as const
const PUBLIC = ['public'] as const

/** The one table role × endpoint. An endpoint that is not in it does not exist. */
export const ACCESS: readonly Access[] = [
  { method: 'GET', path: '/api/health', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/api/openapi.json', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/api/metrics', callers: ['operator'], citizen: true },
  { method: 'GET', path: '/api/invitations/:token', callers: PUBLIC, citizen: true },
  { method: 'POST', path: '/api/responses', callers: PUBLIC, citizen: true },
  { method: 'POST', path: '/api/withdrawals', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/api/surveys/:token', callers: PUBLIC, citizen: true },
  { method: 'POST', path: '/api/survey-answers', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/api/auth/*', callers: PUBLIC },
  { method: 'POST', path: '/api/auth/*', callers: PUBLIC },
  { method: 'GET', path: '/api/me', callers: ANY_ROLE },
  { method: 'POST', path: '/api/dossiers/import', callers: STAFF },
  { method: 'PUT', path: '/api/dossiers/:code/events/:type/:n', callers: STAFF },
  { method: 'GET', path: '/api/dossiers/changes', callers: STAFF },
  { method: 'GET', path: '/api/imports', callers: STAFF },
  { method: 'GET', path: '/api/invitations', callers: STAFF },
  { method: 'GET', path: '/api/slips', callers: STAFF },
  { method: 'GET', path: '/api/slips/waiting', callers: STAFF },
  { method: 'GET', path: '/api/dossiers/:code/slip', callers: STAFF },
  { method: 'POST', path: '/api/walk-ins', callers: STAFF },
  { method: 'GET', path: '/api/walk-ins/:id/slip', callers: STAFF },
  { method: 'GET', path: '/api/procedures', callers: STAFF },
  { method: 'GET', path: '/api/periods', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units', callers: STAFF },
  { method: 'GET', path: '/api/units/:id/summary', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/weak-spots', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/criteria', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/units/:id/criteria', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/runs', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/runs', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/runs/:id', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/runs/:id/publish', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/runs/:id/withdraw', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/runs/:id/rerun', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/indices', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/indices', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/indices/:index/editions/:edition', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/indices/:index/editions/:edition', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/indices/:index/editions/:edition/publish', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/indices/:index/editions/:edition/retire', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/indices/:index/editions/:edition/discard', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/indices/:index/editions/:edition/runs', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/indices/:index/editions/:edition/runs', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/index-runs/:id', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/index-runs/:id/rerun', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/scores', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/scores/explain', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/scores/change', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/scores/sensitivity', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/scores/series', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/official-results', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/official-results', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/official-indices', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/units/:id/official', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/indices/:index/agreement', callers: ADMINISTRATOR },
  { method: 'POST', path: '/api/hard-figures', callers: ADMINISTRATOR },
  { method: 'GET', path: '/api/hard-figures', callers: ADMINISTRATOR },
  ...QUESTIONNAIRE_ACCESS,
  ...CAMPAIGN_ACCESS,
  ...PAPER_ACCESS,
  ...INTERVIEW_ACCESS,
  { method: 'GET', path: '/api/public/units', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/api/public/units/:id', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/cong-khai', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/cong-khai/:id', callers: PUBLIC, citizen: true },
  { method: 'GET', path: '/api/settings', callers: ADMINISTRATOR },
  { method: 'PUT', path: '/api/settings', callers: ADMINISTRATOR },
]

const ROWS = ACCESS.map((row) => ({ row, want: row.path.split('/') }))
/** Rows of one path only. */
const FIXED = new Map(ACCESS.filter(({ path }) => !/[:*]/.test(path)).map((row) => [`${row.method} ${row.path}`, row]))

/** The table's row for a request, `method` when only the method is wrong, or null. A fixed path wins over a parameter. */
export function accessFor(method: string, path: string, citizenOnly = false): Access | 'method' | null {
  const asked = method === 'HEAD' ? 'GET' : method
  const fixed = FIXED.get(`${asked} ${path}`)
  if (fixed !== undefined && (!citizenOnly || fixed.citizen)) return fixed
  const have = path.split('/')
  const rows = ROWS.filter(({ row, want }) => (!citizenOnly || row.citizen) && matches(want, have)).map(
    ({ row }) => row,
  )
  if (rows.length === 0) return null
  return (
    rows.filter((row) => row.method === asked).sort((a, b) => parameters(a.path) - parameters(b.path))[0] ?? 'method'
  )
}

function matches(want: readonly string[], have: readonly string[]): boolean {
  if (want.at(-1) === '*') return have.length >= want.length && want.slice(0, -1).every((part, i) => part === have[i])
  return (
    want.length === have.length && want.every((part, i) => part === have[i] || (part.startsWith(':') && have[i] !== ''))
  )
}

function parameters(path: string): number {
  return path.split('/').filter((part) => part.startsWith(':')).length
}
