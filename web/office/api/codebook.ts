import { query } from '@solidjs/router'
import type { Text } from '../../i18n/i18n.ts'
import { search, send } from './http.ts'

export type Part = 'answers' | 'units' | 'sensitive' | 'sensitive_units' | 'texts'
export type Column = {
  name: string
  label: Text
  kind: 'number' | 'day' | 'text'
  measure: 'nominal' | 'ordinal' | 'scale'
  values: { code: string; number: number; label: Text }[]
  missing: { dont_know: number; skipped: number; not_asked: number } | null
}
export type Codebook = {
  campaign: { id: number; title: string }
  questionnaire: { code: string; version: number; title: Text }
  answers: number
  risk: { attributes: string[]; minimum: number; small: number; alone: number }
  parts: { part: Part; withheld: 'until_closed' | null; columns: Column[] }[]
}

export const getCodebook = query(
  (campaign: number) => send<Codebook>(`/api/campaigns/${campaign}/codebook`),
  'codebook',
)

/** Where a file is fetched from: the browser saves it. */
export function exportAddress(campaign: number, ask: { part: Part; format: string; labels?: string }): string {
  return `/api/campaigns/${campaign}/export${search({ ...ask, ...(ask.format === 'csv' ? { bom: 'true' } : {}) })}`
}

export const codebookAddress = (campaign: number): string => `/api/campaigns/${campaign}/codebook?format=csv`
