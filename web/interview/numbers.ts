import type { Disposition, Draft, Kept, Outcome, Told } from './kept.ts'
import { itemOf, received, waits } from './outbox.ts'
import { ownerOf } from './records.ts'
import type { Open, Shelf } from './shelf.ts'
import { surveyOf } from './survey-of.ts'

/**
 * Makes a numbered item of what happened at a case: the interview as it is now, what became of the visit, or both. The number is
 * taken in the same transaction, so that none is used twice or left out.
 *
 * @param at.draft the interview as it is now; it is stored with the item
 */
export function tell(
  shelf: Shelf,
  owner: string,
  at: { readonly case: number; readonly now: string; readonly disposition: Disposition | null; readonly draft?: Draft },
): Promise<void> {
  return shelf('readwrite', async (open) => {
    if (at.draft !== undefined) open.put('drafts', [owner, at.case], at.draft)
    await number(open, owner, at)
  })
}

/** Makes items of all interviews under way that have changed since they were last told. */
export function tellBegun(shelf: Shelf, owner: string, now: string): Promise<void> {
  return shelf('readwrite', async (open) => {
    for (const { case: id } of await open.all('drafts', owner))
      await number(open, owner, { case: id, now, disposition: null })
  })
}

async function number(
  open: Open,
  owner: string,
  at: { readonly case: number; readonly now: string; readonly disposition: Disposition | null },
): Promise<void> {
  const [known, one, draft, all] = await Promise.all([
    open.get('owners', owner),
    open.get('cases', [owner, at.case]),
    open.get('drafts', [owner, at.case]),
    open.all('items', owner),
  ])
  const campaign = one && (await open.get('campaigns', [owner, one.campaign]))
  if (known === undefined || one === undefined || campaign === undefined) return
  const made = itemOf({
    ...at,
    seq: known.nextSeq,
    items: all.filter((item) => item.case === at.case),
    interview: draft === undefined ? null : { draft, survey: surveyOf(one, campaign, known.sample) },
  })
  if (made === null) return
  open.put('items', [owner, made.seq], made)
  if (made.seq === known.nextSeq) open.put('owners', owner, { ...known, nextSeq: known.nextSeq + 1 })
}

/** Writes down what the server said of a batch. A complete interview that it has is taken off the tablet. */
export function takeReceipts(
  shelf: Shelf,
  owner: string,
  outcomes: readonly Outcome[],
  told: (Told & { readonly lastSeq: number }) | null,
) {
  return shelf('readwrite', async (open) => {
    const known = await ownerOf(open, owner)
    let free = Math.max(known.nextSeq, (told?.lastSeq ?? 0) + 1)
    for (const outcome of outcomes) {
      const item = await open.get('items', [owner, outcome.seq])
      // another tab has had it acknowledged
      if (item === undefined || !waits(item)) continue
      const next = received(item, outcome, free)
      if (next.seq !== item.seq) {
        open.remove('items', [owner, item.seq])
        free += 1
      }
      open.put('items', [owner, next.seq], next)
      if (next.answer?.complete === true && next.item === null) await forget(open, owner, next)
    }
    const last = told && { at: told.at, skewMs: told.skewMs, missing: told.missing, missingCount: told.missingCount }
    open.put('owners', owner, { ...known, nextSeq: free, told: last ?? known.told })
  })
}

/** Drops what was said in an interview that the server has whole, in earlier items of it too. */
async function forget(open: Open, owner: string, { case: id, answer }: Kept): Promise<void> {
  open.remove('drafts', [owner, id])
  for (const item of await open.all('items', owner))
    if (item.answer?.id === answer?.id && !waits(item)) open.put('items', [owner, item.seq], { ...item, item: null })
}
