import type { Draft, Invitation, Revision } from './draft.ts'
import { acknowledged, adopted, nextRevision, reconciled, refused } from './draft.ts'
import { idOf } from './receipt.ts'
import type { DraftStore } from './store.ts'

/** What came back from the server; `unreachable` is no answer at all, or one that may change by itself. */
export type Reply<Body> =
  | { readonly kind: 'ok'; readonly body: Body }
  | { readonly kind: 'problem'; readonly status: number; readonly code: string }
  | { readonly kind: 'unreachable'; readonly retryAfterMs: number }

/** `resting`: nothing on its way · `sending` · `waiting`: to be tried again by itself · `refused`: needs a change first. */
export type SenderPhase = 'resting' | 'sending' | 'waiting' | 'refused'

export type SenderParts = {
  readonly store: DraftStore
  readonly post: (revision: Revision) => Promise<Reply<unknown>>
  readonly look: () => Promise<Reply<Invitation>>
  readonly now: () => string
  readonly random: () => number
  readonly newSecret: () => string
  /** Runs a function after some ms and gives what cancels it. */
  readonly later: (ms: number, run: () => void) => () => void
  readonly onChange: (phase: SenderPhase) => void
}

export type Sender = {
  /** Sends what waits after `delayMs`; calls before that fall together into one revision. */
  readonly send: (delayMs: number) => void
  readonly stop: () => void
}

const WAIT_MIN_MS = 2_000
const WAIT_MAX_MS = 60_000
const CONFLICTS_MAX = 5

/**
 * Brings a draft's changes to the server, one revision at a time, until everything is acknowledged. A revision that got
 * no answer is repeated as it was (same id, same number, same content), with growing pauses. When another device or tab
 * was faster, its answers are read, ours laid on top, and the result goes out as the next revision.
 */
export function createSender(parts: SenderParts): Sender {
  const { store } = parts
  let cancel: () => void = () => {}
  let running = false
  let again = false
  let failures = 0

  const change = (step: (draft: Draft) => Draft) => {
    const draft = store.read()
    // Another tab may have completed it meanwhile; nothing changes after that.
    if (draft !== null && draft.state !== 'complete') store.write(step(draft))
  }

  /** Deals with one reply. True: go on at once; a number: try again after that many ms; false: wait for a change. */
  async function settle(sent: Revision, reply: Reply<unknown>): Promise<true | false | number> {
    if (reply.kind === 'unreachable') return reply.retryAfterMs
    if (reply.kind === 'ok') {
      change((draft) => acknowledged(draft, sent))
      return true
    }
    if (reply.code === 'id_taken') {
      const secret = parts.newSecret()
      change((draft) => ({ ...draft, secret, id: idOf(secret), pending: null }))
      return true
    }
    if (reply.code === 'already_complete') {
      change((draft) => ({ ...draft, state: 'elsewhere', pending: null }))
      return true
    }
    if (reply.status === 404 || reply.status === 410) {
      change((draft) => ({ ...draft, state: 'gone', pending: null }))
      return true
    }
    if (reply.status === 409) {
      const seen = await parts.look()
      if (seen.kind === 'unreachable') return seen.retryAfterMs
      if (seen.kind === 'problem') return settle(sent, seen)
      const held = seen.body.response
      change((draft) => (held === null ? reconciled({ ...draft, pending: null }, seen.body) : adopted(draft, held)))
      return true
    }
    change(refused)
    return false
  }

  async function run(): Promise<void> {
    running = true
    let conflicts = 0
    let pause: number | null = null
    let phase: SenderPhase = 'resting'
    for (;;) {
      const draft = store.read()
      const next = draft === null ? null : nextRevision(draft, parts.now())
      if (next === null || next.pending === null) break
      store.write(next)
      parts.onChange('sending')
      const reply = await parts.post(next.pending)
      let verdict = await settle(next.pending, reply)
      if (reply.kind === 'problem' && reply.status === 409) conflicts += 1
      if (verdict === true && conflicts > CONFLICTS_MAX) verdict = 0
      if (verdict === true) {
        if (reply.kind === 'ok') failures = 0
        continue
      }
      if (verdict === false) phase = 'refused'
      else {
        failures += 1
        const growing = Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** (failures - 1))
        // Spread over half to all of the pause, so that a hall of phones does not come back in one instant.
        pause = Math.max(verdict, growing * (0.5 + parts.random() / 2))
        phase = 'waiting'
      }
      break
    }
    running = false
    parts.onChange(phase)
    if (again) {
      again = false
      send(0)
    } else if (pause !== null) send(pause)
  }

  function send(delayMs: number): void {
    if (running) {
      again = true
      return
    }
    cancel()
    cancel = parts.later(delayMs, () => void run())
  }

  return { send, stop: () => cancel() }
}
