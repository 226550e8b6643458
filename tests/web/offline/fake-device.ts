import type { Answer } from '../../../api/core/instrument/answers.ts'
import type { Draft } from '../../../web/offline/draft.ts'
import { newDraft, ratingRules, reconciled, withAnswer } from '../../../web/offline/draft.ts'
import { newSecret } from '../../../web/offline/receipt.ts'
import { createSender, type Reply, type SenderPhase } from '../../../web/offline/sender.ts'
import { localStore, RATING } from '../../../web/offline/store.ts'
import { type FakeServer, invitation } from './fake-server.ts'

const NOW = '2026-11-23T10:00:00Z'

/** Time that passes only when a test says so. */
export function fakeClock() {
  let now = 0
  let waiting: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    later: (ms: number, run: () => void) => {
      const entry = { at: now + ms, run }
      waiting.push(entry)
      return () => (waiting = waiting.filter((one) => one !== entry))
    },
    /** Runs everything that falls due within `ms`, and all that follows from it. */
    async pass(ms: number) {
      const end = now + ms
      for (;;) {
        // Long enough for every promise of a round trip to be followed.
        for (let turn = 0; turn < 40; turn += 1) await Promise.resolve()
        const due = waiting.filter((one) => one.at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        now = Math.max(now, due.at)
        waiting = waiting.filter((one) => one !== due)
        due.run()
      }
      now = end
    },
    nextIn: () => Math.min(...waiting.map((one) => one.at)) - now,
  }
}

export type Network = 'up' | 'down' | 'reply-lost'

/** A browser's local storage: its entries are its own properties. */
export function fakeStorage(): Storage {
  const methods: ThisType<Record<string, string>> & Omit<Storage, 'length'> = {
    key(at: number) {
      return Object.keys(this)[at] ?? null
    },
    clear() {
      for (const key of Object.keys(this)) delete this[key]
    },
    getItem(key: string) {
      return this[key] ?? null
    },
    setItem(key: string, value: string) {
      this[key] = value
    },
    removeItem(key: string) {
      delete this[key]
    },
  }
  return Object.create(methods) as Storage
}

/** One tab: storage, sender and a network that can fail before or after the server has done its part. */
export function fakeTab(
  server: FakeServer,
  clock: ReturnType<typeof fakeClock>,
  options: { storage?: Storage; seed?: number; network?: () => Network } = {},
) {
  let seed = options.seed ?? 1
  let network: Network = 'up'
  const phases: SenderPhase[] = []
  const store = localStore<Draft>(RATING, 'token', options.storage ?? fakeStorage())
  const state = () => options.network?.() ?? network
  const over = async <Body>(act: () => Reply<Body>): Promise<Reply<Body>> => {
    await Promise.resolve()
    const now = state()
    if (now === 'down') return { kind: 'unreachable', why: 'silence', retryAfterMs: 0 }
    const reply = act()
    return now === 'reply-lost' ? { kind: 'unreachable', why: 'silence', retryAfterMs: 0 } : reply
  }
  const secret = () => newSecret(Uint8Array.from({ length: 20 }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255))
  const sender = createSender({
    store,
    rules: ratingRules(secret),
    post: (revision) => over(() => server.post(revision)),
    look: () => over(() => server.look()),
    now: () => NOW,
    random: () => 0.5,
    later: clock.later,
    onChange: (phase) => phases.push(phase),
  })
  const draft = (): Draft => store.read() ?? newDraft(invitation, 'token', secret(), 'vi', NOW)
  return {
    phases,
    draft,
    store,
    sender,
    setNetwork: (next: Network) => (network = next),
    answer(item: string, answer: Answer | null, pauseMs = 0) {
      store.write(withAnswer(draft(), item, answer, 10))
      sender.send(pauseMs)
    },
    finish() {
      store.write({ ...draft(), finished: true })
      sender.send(0)
    },
    /** Opens the page again: what the server says meets what is kept. */
    reopen() {
      const seen = server.look()
      const kept = store.read()
      if (seen.kind === 'ok') {
        const next = reconciled(kept ?? draft(), seen.body)
        if (kept !== null || seen.body.response !== null) store.write(next)
      }
      sender.send(0)
    },
  }
}
