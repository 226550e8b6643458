import { query } from '@solidjs/router'
import { toApiError } from '../api/errors.ts'
import { search, send, sendJson } from '../api/http.ts'
import type { Page, UnitRef, UnitView } from '../api/types.ts'

export const PAPERS = ['a4', 'receipt80', 'receipt58'] as const
export type Paper = (typeof PAPERS)[number]
export type SlipFilter = { unit: string; since: string; until: string; event: string }
/** A slip that waits to be handed out; `ask` names it for printing. */
export type SlipChoice = {
  ask: number
  dossier: string
  procedure: { code: string; name: string }
  event: string
  day: string
  printed: boolean
}

const UNIT_PAGES_MAX = 20
/** Rows of a page, and slips of one document. */
const SLIPS_MAX = 200

/** The units that exist today, by pages until there are no more. */
export const getUnitChoices = query(async (today: string): Promise<UnitView[]> => {
  const found: UnitView[] = []
  let cursor: string | null = null
  for (let i = 0; i < UNIT_PAGES_MAX; i += 1) {
    const page: Page<UnitView> = await send(`/api/units${search({ cursor, limit: 200 })}`)
    found.push(...page.items)
    cursor = page.next
    if (cursor === null) break
  }
  return found.filter(({ validTo }) => validTo === null || validTo > today)
}, 'slip-units')

export const getSlipChoices = (filter: SlipFilter, cursor: string | null): Promise<Page<SlipChoice>> =>
  send(`/api/slips/waiting${search({ ...filter, cursor, limit: SLIPS_MAX })}`)

/** Addresses of the documents that hold these slips. */
export function chosenAddresses(asks: readonly number[], format: string): { address: string; asks: number[] }[] {
  return Array.from({ length: Math.ceil(asks.length / SLIPS_MAX) }, (_, i) => {
    const part = asks.slice(i * SLIPS_MAX, (i + 1) * SLIPS_MAX)
    return { address: `/api/slips${search({ ask: part.join(','), format })}`, asks: part }
  })
}

export const dossierSlipAddress = (code: string, format: string): string =>
  `/api/dossiers/${encodeURIComponent(code)}/slip${search({ format })}`

/** Whether a slip can be printed. */
export async function hasSlip(address: string): Promise<boolean> {
  const response = await fetch(address, { credentials: 'same-origin' })
  await response.body?.cancel()
  if (response.ok || response.status === 404) return response.ok
  throw toApiError(response.status, null)
}

export const findProcedures = (words: string): Promise<Page<{ code: string; name: string }>> =>
  send(`/api/procedures${search({ q: words, limit: 20 })}`)

export type WalkIn = { unit: UnitRef; procedure: { code: string; name: string }; slip: string }

export const postWalkIn = (walkIn: {
  id: string
  unit: number
  procedure: string
  applicant: string
}): Promise<WalkIn> => sendJson('POST', '/api/walk-ins', { ...walkIn, event: 'refused' })
