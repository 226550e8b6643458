import { query } from '@solidjs/router'
import type { Change } from '../../../api/core/publication/compare.ts'
import type { RunState, WithdrawReason } from '../../../api/core/publication/state.ts'
import { search, send, sendJson } from '../api/http.ts'
import type { Estimate, Page, Period, UnitRef } from '../api/types.ts'

export type { Change, WithdrawReason }
/** A run of public figures. */
export type Publication = Period & {
  id: number
  state: RunState
  preparedAt: string
  preparedBy: string
  publishedAt: string | null
  publishedBy: string | null
  withdrawn: { at: string; by: string | null; reason: WithdrawReason | null } | null
  inputsSha256: string
}
export type ReviewRow = {
  unit: UnitRef
  code: string
  scale: { min: number; max: number }
  estimate: Estimate
  needed: number | null
  carriedFrom: number | null
  change: Change
  previous: Estimate | null
}
export type Review = {
  run: Publication
  previous: { id: number; publishedAt: string | null } | null
  units: number
  changes: Record<Change, number>
  heldBack: number
  items: ReviewRow[]
  next: string | null
}
/** What running a publication again found. */
export type PublicationCheck = { same: boolean; differencesOmitted: number; differences: unknown[] }

export const getPublications = query(
  (cursor: string | null) => send<Page<Publication>>(`/api/runs${search({ cursor, limit: 20 })}`),
  'publications',
)
export const getReview = query(
  (id: number, show: 'all' | 'changed', cursor: string | null) =>
    send<Review>(`/api/runs/${id}${search({ show, cursor, limit: 50 })}`),
  'publication-review',
)
export const preparePublication = ({ from, to }: Period): Promise<Publication> =>
  sendJson('POST', '/api/runs', { from, to })
export const publishPublication = (id: number): Promise<Publication> => sendJson('POST', `/api/runs/${id}/publish`, {})
export const withdrawPublication = (id: number, reason: WithdrawReason): Promise<Publication> =>
  sendJson('POST', `/api/runs/${id}/withdraw`, { reason })
export const checkPublication = (id: number): Promise<PublicationCheck> => sendJson('POST', `/api/runs/${id}/rerun`, {})
