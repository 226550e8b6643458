import type { Reply } from '../offline/sender.ts'
import type { Campaign, GivenCase, Owner } from './kept.ts'
import { BATCH_MAX, batchOf, waits } from './outbox.ts'
import { takeReceipts, tellBegun } from './numbers.ts'
import { readItems, takeAssignment } from './records.ts'
import type { Shelf } from './shelf.ts'
import { getAssignment, getMe, postDevice, postInterviews } from './wire.ts'

/** How a sync ended. `expired`: nobody is signed in; `other`: somebody else is; `otherTab`: one is under way there. */
export type Ending =
  | { readonly kind: 'done'; readonly sent: number; readonly refused: number }
  | { readonly kind: 'unreachable' | 'busy' | 'expired' | 'other' | 'otherTab' }
  | { readonly kind: 'failed'; readonly code: string }

/** The pages of an assignment that are asked for at most; 100 cases each. */
const PAGES_MAX = 100
/** More batches than a tablet fills in its life. */
const ROUNDS_MAX = 5_000
const LOCK = 'lang-nghe-interviews-sync'
/** By the tablet's clock, which may have forgotten the year; the server keeps it beside its own. */
const EARLIEST_MS = Date.UTC(2000, 0, 1)
export const nowIso = (): string => new Date(Math.max(Date.now(), EARLIEST_MS)).toISOString()

/** Sends what waits, then takes the assignment anew. One at a time over all tabs. */
export async function syncTablet(shelf: Shelf, owner: Owner): Promise<Ending> {
  const run = () => syncOnce(shelf, owner)
  if (!('locks' in navigator)) return run()
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock === null ? { kind: 'otherTab' } : run()))
}

async function syncOnce(shelf: Shelf, { id, device, label }: Owner): Promise<Ending> {
  const me = await getMe()
  if (me.kind !== 'ok') return endingOf(me)
  // a session of somebody else in the same browser must not send this person's interviews
  if (me.body.user.id !== id) return { kind: 'other' }
  const registered = await postDevice(device, label ?? me.body.user.name)
  if (registered.kind !== 'ok') return endingOf(registered)
  await tellBegun(shelf, id, nowIso())
  const sent = await sendAll(shelf, id, device)
  if (sent.kind !== 'done') return sent
  const taken = await download(shelf, id)
  return taken ?? sent
}

/** Each item that waits once, batch after batch; one that got a new number on the way once more. */
async function sendAll(shelf: Shelf, id: string, device: string): Promise<Ending> {
  const tried = new Set<number>()
  const count = { sent: 0, refused: 0 }
  let most = BATCH_MAX
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const waiting = (await readItems(shelf, id)).filter((one) => waits(one) && !tried.has(one.seq))
    const batch = batchOf(waiting, most)
    // without items it asks for gaps and for the clock
    if (batch.length === 0 && tried.size > 0) return { kind: 'done', ...count }
    const at = nowIso()
    const reply = await postInterviews(device, at, batch)
    if (reply.kind === 'problem' && [413, 422].includes(reply.status) && batch.length > 0) {
      // one that cannot be read must not keep the others back
      if (batch.length > 1) {
        most = 1
        continue
      }
      const outcomes = batch.map(({ seq }) => ({ seq, status: 'refused' as const, code: reply.code }))
      await takeReceipts(shelf, id, outcomes, null)
      count.refused += 1
    } else if (reply.kind !== 'ok') return endingOf(reply)
    else {
      const { device: told, results } = reply.body
      await takeReceipts(shelf, id, results, { ...told, at })
      for (const { status } of results) count[status === 'refused' ? 'refused' : 'sent'] += 1
    }
    if (batch.length === 0) return { kind: 'done', ...count }
    for (const { seq } of batch) tried.add(seq)
  }
  return { kind: 'done', ...count }
}

/** Takes the assignment anew, or says why not. */
async function download(shelf: Shelf, id: string): Promise<Ending | null> {
  const cases: GivenCase[] = []
  const campaigns = new Map<number, Campaign>()
  let cursor: string | null = null
  for (let n = 0; n < PAGES_MAX; n += 1) {
    const reply: Awaited<ReturnType<typeof getAssignment>> = await getAssignment(cursor)
    if (reply.kind !== 'ok') return endingOf(reply)
    cases.push(...reply.body.items)
    for (const one of reply.body.campaigns) campaigns.set(one.id, one)
    cursor = reply.body.next
    if (cursor === null) break
  }
  await takeAssignment(shelf, id, { cases, campaigns: [...campaigns.values()], at: nowIso() })
  return null
}

function endingOf(reply: Exclude<Reply<unknown>, { kind: 'ok' }>): Ending {
  if (reply.kind === 'unreachable') return { kind: reply.why === 'silence' ? 'unreachable' : 'busy' }
  if (reply.status === 401) return { kind: 'expired' }
  return reply.status === 403 ? { kind: 'other' } : { kind: 'failed', code: reply.code }
}
