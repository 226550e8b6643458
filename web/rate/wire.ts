import { call, isObject } from '../offline/call.ts'
import type { Invitation, Revision } from '../offline/draft.ts'
import type { Reply } from '../offline/sender.ts'

/** What is asked, of whom, and how far it got. Opening it never spends the token. */
export function getInvitation(token: string): Promise<Reply<Invitation>> {
  return call(
    `/api/invitations/${encodeURIComponent(token)}`,
    undefined,
    (body) => isObject(body) && 'instrument' in body,
  )
}

/** Stores a revision; the acknowledgement must name the response it was sent for. */
export function postRevision(revision: Revision): Promise<Reply<unknown>> {
  return call('/api/responses', revision, (body) => isObject(body) && body['id'] === revision.id)
}

/** Removes an answer and its effect; repeating it does no harm. */
export function postWithdrawal(receipt: { id: string; secret: string }): Promise<Reply<unknown>> {
  return call('/api/withdrawals', { id: receipt.id, secret: receipt.secret }, (body) => body === null || isObject(body))
}
