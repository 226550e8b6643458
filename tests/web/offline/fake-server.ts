import type { Invitation, Revision } from '../../../web/offline/draft.ts'
import type { Reply } from '../../../web/offline/sender.ts'

/** What `GET /api/invitations/{token}` gives for a token nobody has answered. The definition is never looked into here. */
export const invitation: Invitation = {
  state: 'open',
  expiresAt: '2026-12-31T00:00:00Z',
  unit: { id: 1, name: 'Đơn vị' },
  receivingUnit: { id: 1, name: 'Đơn vị' },
  procedure: { code: '1.001193', name: 'Thủ tục' },
  event: 'returned',
  applicant: 'citizen',
  sample: true,
  instrument: { code: 'dossier-rating', version: 1, definition: {} as Invitation['instrument']['definition'] },
  show: [],
  more: [],
  response: null,
}

const refusal = (status: number, code: string): Reply<never> => ({ kind: 'problem', status, code })

/** The revision rules of `POST /api/responses` for one token, kept as the contract words them. */
export function fakeServer() {
  let stored: Revision | null = null
  let isWithdrawn = false
  const posts: Revision[] = []
  const content = (one: Revision) => JSON.stringify([one.answers, one.complete, one.respondent, one.language])

  return {
    posts,
    stored: () => stored,
    withdraw: () => (isWithdrawn = true),
    post(sent: Revision): Reply<unknown> {
      posts.push(sent)
      if (isWithdrawn) return refusal(410, 'withdrawn')
      if (sent.revision < 1 || sent.revision > 50) return refusal(422, 'invalid_input')
      if (stored !== null && stored.id !== sent.id) return refusal(409, 'token_taken')
      if (stored !== null && stored.revision === sent.revision) {
        if (content(stored) !== content(sent)) return refusal(409, 'revision_conflict')
      } else if (stored?.complete) return refusal(409, 'already_complete')
      else if (stored !== null && stored.revision > sent.revision) return refusal(409, 'superseded')
      else stored = structuredClone(sent)
      return { kind: 'ok', body: { id: sent.id, revision: sent.revision } }
    },
    look(): Reply<Invitation> {
      if (isWithdrawn) return refusal(410, 'withdrawn')
      if (stored === null) return { kind: 'ok', body: invitation }
      if (stored.complete) return { kind: 'ok', body: { ...invitation, state: 'complete' } }
      const { id, revision, answers } = stored
      return { kind: 'ok', body: { ...invitation, state: 'partial', response: { id, revision, answers } } }
    },
  }
}

export type FakeServer = ReturnType<typeof fakeServer>
