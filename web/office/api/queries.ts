import { query } from '@solidjs/router'
import { ApiError } from './errors.ts'
import { search, send, sendJson } from './http.ts'
import type {
  Compare,
  Criteria,
  CriteriaChange,
  DossierChange,
  EventType,
  ImportResult,
  ImportRun,
  Invitation,
  Me,
  Page,
  Period,
  Periods,
  Settings,
  Summary,
  UnitView,
  WeakSpots,
} from './types.ts'

/** Reads. Components call these and never build an API address themselves. `null` from `getMe` means signed out. */
export const getMe = query(async (): Promise<Me | null> => {
  try {
    return await send<Me>('/api/me')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}, 'me')

export const getPeriods = query(() => send<Periods>('/api/periods'), 'periods')

export const getUnits = query(
  (words: string, kind: string, cursor: string | null) =>
    send<Page<UnitView>>(`/api/units${search({ q: words, kind, cursor, limit: 50 })}`),
  'units',
)

export const getSummary = query(
  (unit: number, period: Period) =>
    send<Summary>(`/api/units/${unit}/summary${search({ from: period.from, to: period.to })}`),
  'summary',
)

export const getWeakSpots = query(
  (unit: number, period: Period, compare: Compare, cursor: string | null) =>
    send<WeakSpots>(
      `/api/units/${unit}/weak-spots${search({ from: period.from, to: period.to, compare, cursor, limit: 10 })}`,
    ),
  'weak-spots',
)

export const getCriteria = query(
  (unit: number, period: Period) =>
    send<{ criteria: Criteria }>(`/api/units/${unit}/criteria${search({ from: period.from, to: period.to })}`),
  'criteria',
)

export const getImports = query(
  (cursor: string | null) => send<Page<ImportRun>>(`/api/imports${search({ cursor, limit: 20 })}`),
  'imports',
)

export const getChanges = query(
  (cursor: string | null) => send<Page<DossierChange>>(`/api/dossiers/changes${search({ cursor, limit: 50 })}`),
  'changes',
)

export const getInvitations = query(
  (since: string, cursor: string | null) =>
    send<Page<Invitation>>(`/api/invitations${search({ since, cursor, limit: 200 })}`),
  'invitations',
)

export const getSettings = query(() => send<Settings>('/api/settings'), 'settings')

/** Writes. */
export const signIn = (email: string, password: string): Promise<unknown> =>
  sendJson('POST', '/api/auth/sign-in/email', { email, password })

export const signOut = (): Promise<unknown> => sendJson('POST', '/api/auth/sign-out', {})

export const putSettings = (inviteEvents: EventType[]): Promise<Settings> =>
  sendJson('PUT', '/api/settings', { inviteEvents })

export const putCriteria = (unit: number, period: Period, points: CriteriaChange): Promise<{ criteria: Criteria }> =>
  sendJson('PUT', `/api/units/${unit}/criteria${search({ from: period.from, to: period.to })}`, points)

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const importDossiers = (file: File): Promise<ImportResult> =>
  send('/api/dossiers/import', {
    method: 'POST',
    headers: { 'content-type': file.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv' },
    body: file,
  })
