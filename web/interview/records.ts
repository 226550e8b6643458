import { newId } from '../survey/new-id.ts'
import type { Campaign, Case, Draft, GivenCase, Kept, Owner } from './kept.ts'
import { waits } from './outbox.ts'
import { isAnythingUnsent, unsentOf } from './standing.ts'
import type { Open, Shelf } from './shelf.ts'
import type { Me } from './wire.ts'

/** Everything of one person that the tablet holds. */
export interface Holdings {
  readonly owner: Owner
  readonly campaigns: readonly Campaign[]
  readonly cases: readonly Case[]
  readonly drafts: readonly Draft[]
  readonly items: readonly Kept[]
}

/** The person whom the tablet works for, with everything of theirs; null when nobody is signed in. */
export function readHoldings(shelf: Shelf): Promise<Holdings | null> {
  return shelf('readonly', async (open) => {
    const id = (await open.get('tablet', 'tablet'))?.current ?? null
    const owner = id === null ? undefined : await open.get('owners', id)
    return owner === undefined ? null : holdingsOf(open, owner)
  })
}

/** @throws Error for nobody: an owner is never removed */
export async function ownerOf(open: Open, id: string): Promise<Owner> {
  const owner = await open.get('owners', id)
  if (owner === undefined) throw new Error('nobody of this tablet')
  return owner
}

async function holdingsOf(open: Open, owner: Owner): Promise<Holdings> {
  const [campaigns, cases, drafts, items] = await Promise.all([
    open.all('campaigns', owner.id),
    open.all('cases', owner.id),
    open.all('drafts', owner.id),
    open.all('items', owner.id),
  ])
  return { owner, campaigns, cases, drafts, items }
}

/** A person's numbered items, in order. */
export const readItems = (shelf: Shelf, owner: string): Promise<Kept[]> =>
  shelf('readonly', (open) => open.all('items', owner))

/** Other people who have interviews on this tablet that were never sent. */
export function othersWaiting(shelf: Shelf, current: string | null): Promise<Owner[]> {
  return shelf('readonly', async (open) => {
    const others = (await open.owners()).filter(({ id }) => id !== current)
    const waiting = await Promise.all(
      others.map(({ id }) => Promise.all([open.all('items', id), open.all('drafts', id)])),
    )
    return others.filter((_, i) => {
      const [items, drafts] = waiting[i] ?? [[], []]
      return isAnythingUnsent(unsentOf(drafts, items))
    })
  })
}

/** Makes the tablet work for somebody who has signed in; whoever was here before finds their own again. */
export function settle(shelf: Shelf, me: Me): Promise<void> {
  return shelf('readwrite', async (open) => {
    const { id, name, email } = me.user
    const known = await open.get('owners', id)
    const fresh = { device: randomId(), label: null, nextSeq: 1, downloadedAt: null, told: null }
    const { name: tenant, sample } = me.tenant
    open.put('owners', id, { ...(known ?? fresh), id, name, email, tenant, sample })
    open.put('tablet', 'tablet', { current: id, isSignOutDue: false })
  })
}

/** Ends somebody's work here: what is not sent stays for them, everything else of theirs goes. */
export function leave(shelf: Shelf, owner: string): Promise<void> {
  return shelf('readwrite', async (open) => {
    const { campaigns, cases, drafts, items, owner: known } = await holdingsOf(open, await ownerOf(open, owner))
    const worked = workedOn(drafts, items)
    for (const one of cases) if (!worked.has(one.case)) open.remove('cases', [owner, one.case])
    const needed = new Set(cases.filter((one) => worked.has(one.case)).map((one) => one.campaign))
    for (const { id } of campaigns) if (!needed.has(id)) open.remove('campaigns', [owner, id])
    open.put('owners', owner, { ...known, downloadedAt: null })
    open.put('tablet', 'tablet', { current: null, isSignOutDue: true })
  })
}

/** Cases with something on them that the server does not have. */
function workedOn(drafts: readonly Draft[], items: readonly Kept[]): Set<number> {
  return new Set([...drafts, ...items.filter(waits)].map((one) => one.case))
}

/** Puts a downloaded assignment in the place of the one before. Cases with work that is not sent stay, marked as not given any more. */
export function takeAssignment(
  shelf: Shelf,
  owner: string,
  given: { readonly cases: readonly GivenCase[]; readonly campaigns: readonly Campaign[]; readonly at: string },
): Promise<void> {
  return shelf('readwrite', async (open) => {
    const { campaigns, cases, drafts, items, owner: known } = await holdingsOf(open, await ownerOf(open, owner))
    const worked = workedOn(drafts, items)
    const now = new Set(given.cases.map((one) => one.case))
    for (const one of cases) {
      if (now.has(one.case)) continue
      if (worked.has(one.case)) open.put('cases', [owner, one.case], { ...one, isGiven: false })
      else open.remove('cases', [owner, one.case])
    }
    const needed = new Set(cases.filter((one) => worked.has(one.case)).map((one) => one.campaign))
    for (const { id } of campaigns) if (!needed.has(id)) open.remove('campaigns', [owner, id])
    for (const one of given.cases) open.put('cases', [owner, one.case], { ...one, isGiven: true })
    for (const one of given.campaigns) open.put('campaigns', [owner, one.id], one)
    open.put('owners', owner, { ...known, downloadedAt: given.at })
  })
}

/** Changes what is known of an owner. */
export function changeOwner(shelf: Shelf, id: string, change: Partial<Owner>): Promise<void> {
  return shelf('readwrite', async (open) => {
    open.put('owners', id, { ...(await ownerOf(open, id)), ...change })
  })
}

/** A random UUID. */
export function randomId(): string {
  return newId(crypto.getRandomValues(new Uint8Array(16)))
}
