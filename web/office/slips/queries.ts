import { query } from '@solidjs/router'
import { toApiError } from '../api/errors.ts'
import { search, send, sendJson } from '../api/http.ts'
import type { Page, UnitRef, UnitView } from '../api/types.ts'

export const PAPERS = ['a4', 'receipt80', 'receipt58'] as const
export type Paper = (typeof PAPERS)[number]
export type SlipFilter = { unit: string; since: string; event: string; format: string }
export type Batches = { items: { address: string; slips: number }[]; isWhole: boolean }

const UNIT_PAGES_MAX = 20
const BATCHES_MAX = 10
const BATCH = 200

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

/** Addresses of the documents that hold all slips of a choice, at most 200 in each. */
export async function getBatches(filter: SlipFilter): Promise<Batches> {
  const items: Batches['items'] = []
  let address: string | undefined = `/api/slips${search({ ...filter, limit: BATCH })}`
  while (address !== undefined && items.length < BATCHES_MAX) {
    const response: Response = await fetch(address, { credentials: 'same-origin' })
    if (!response.ok) throw toApiError(response.status, await response.json().catch(() => null))
    const slips = Number(response.headers.get('slip-count'))
    await response.body?.cancel()
    if (slips > 0) items.push({ address, slips })
    address = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
  }
  return { items, isWhole: address === undefined }
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
