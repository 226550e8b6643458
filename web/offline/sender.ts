import type { DraftStore } from './store.ts'

/** The server's reason for not doing what was asked. */
export type Problem = {
  readonly kind: 'problem'
  readonly status: number
  readonly code: string
  /** As they came: an array of objects with a `code`, if it was our server. */
  readonly issues?: unknown
}

/**
 * Nothing was done, and that may change by itself. `silence`: no answer, or none of our server's · `busy`: it said that it
 * cannot now · `limited`: too many wrong codes have been typed.
 */
export type Unreachable = {
  readonly kind: 'unreachable'
  readonly why: 'silence' | 'busy' | 'limited'
  /** As the server asked for, or 0. */
  readonly retryAfterMs: number
}

/** The server answered, and not as it should: later it may. */
export const BUSY: Unreachable = { kind: 'unreachable', why: 'busy', retryAfterMs: 0 }

/** What came back from the server. */
export type Reply<Body> = { readonly kind: 'ok'; readonly body: Body } | Problem | Unreachable

/**
 * `resting`: nothing on its way · `sending` · `waiting`: to be tried again by itself · `held`: the same, because the server
 * said that it cannot now · `refused`: needs a change first.
 */
export type SenderPhase = 'resting' | 'sending' | 'waiting' | 'held' | 'refused'

/** What every kind of draft has: a revision that was sent and is not yet acknowledged, whether "send" was pressed, and how far it got. */
export type Sendable<Revision> = {
  readonly pending: Revision | null
  readonly finished: boolean
  readonly state: string
}

/** How a kind of draft meets what happens to it; each gives the draft as it is afterwards. */
export type DraftRules<Draft extends Sendable<Revision>, Revision, Seen> = {
  /** With the revision to send now as `pending`; null when there is nothing to send. */
  readonly nextRevision: (draft: Draft, now: string) => Draft | null
  readonly acknowledged: (draft: Draft, sent: Revision) => Draft
  /** The state in which a problem ends it, because nothing more will be taken; null when it does not. */
  readonly endOf: (problem: Problem) => Draft['state'] | null
  /** Under another id, because its own is taken. */
  readonly renamed: (draft: Draft) => Draft
  /** Together with what the server holds, after another device or tab was faster. */
  readonly met: (draft: Draft, seen: Seen) => Draft
}

export type SenderParts<Draft extends Sendable<Revision>, Revision, Seen> = {
  readonly store: DraftStore<Draft>
  readonly rules: DraftRules<Draft, Revision, Seen>
  readonly post: (revision: Revision) => Promise<Reply<unknown>>
  readonly look: () => Promise<Reply<Seen>>
  readonly now: () => string
  readonly random: () => number
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
export function createSender<Draft extends Sendable<Revision>, Revision, Seen>(
  parts: SenderParts<Draft, Revision, Seen>,
): Sender {
  const { store, rules } = parts
  let cancel: () => void = () => {}
  let running = false
  let again = false
  let failures = 0

  const change = (step: (draft: Draft) => Draft) => {
    const draft = store.read()
    // Another tab may have completed it meanwhile; nothing changes after that.
    if (draft !== null && draft.state !== 'complete') store.write(step(draft))
  }

  /** Deals with one reply. True: go on at once; unreachable: try again later; false: wait for a change. */
  async function settle(sent: Revision, reply: Reply<unknown>): Promise<boolean | Unreachable> {
    if (reply.kind === 'unreachable') return reply
    if (reply.kind === 'ok') {
      change((draft) => rules.acknowledged(draft, sent))
      return true
    }
    if (reply.code === 'id_taken') {
      change(rules.renamed)
      return true
    }
    const state = rules.endOf(reply)
    if (state !== null) {
      change((draft) => ({ ...draft, state, pending: null }))
      return true
    }
    if (reply.status === 409) {
      const seen = await parts.look()
      if (seen.kind === 'unreachable') return seen
      if (seen.kind === 'problem') return settle(sent, seen)
      change((draft) => rules.met(draft, seen.body))
      return true
    }
    // Refused for good: its number is spent, and the next change makes a new one.
    change((draft) => ({ ...draft, pending: null, finished: false }))
    return false
  }

  async function run(): Promise<void> {
    running = true
    let conflicts = 0
    let pause: number | null = null
    let phase: SenderPhase = 'resting'
    for (;;) {
      const draft = store.read()
      const next = draft === null ? null : rules.nextRevision(draft, parts.now())
      if (next === null || next.pending === null) break
      store.write(next)
      parts.onChange('sending')
      const reply = await parts.post(next.pending)
      let verdict = await settle(next.pending, reply)
      if (reply.kind === 'problem' && reply.status === 409) conflicts += 1
      if (verdict === true && conflicts > CONFLICTS_MAX) verdict = BUSY
      if (verdict === true) {
        if (reply.kind === 'ok') failures = 0
        continue
      }
      if (verdict === false) phase = 'refused'
      else {
        failures += 1
        const growing = Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** (failures - 1))
        // Spread over half to all of the pause, so that a hall of phones does not come back in one instant.
        pause = Math.max(verdict.retryAfterMs, growing * (0.5 + parts.random() / 2))
        phase = verdict.why === 'silence' ? 'waiting' : 'held'
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
