import { createSignal } from 'solid-js'
import type { SenderParts, Unreachable } from './sender.ts'
import type { DraftStore } from './store.ts'

const REOPEN_MIN_MS = 3_000
const REOPEN_MAX_MS = 60_000

export const nowIso = (): string => new Date().toISOString()

/** What a sender needs of a browser. */
export const browserParts: Pick<SenderParts<never, never, never>, 'now' | 'random' | 'later'> = {
  now: nowIso,
  random: Math.random,
  later: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * One page's stay with one secret, whatever is asked there: what could not be opened is opened again by itself, what waits is
 * sent when the page or the network comes back, and time in another app is not time spent on a question.
 */
export function createVisit(parts: {
  readonly opening: () => string
  readonly open: () => void
  readonly send: () => void
  readonly store: Pick<DraftStore<never>, 'isOf'>
  /** Another tab has changed the draft. */
  readonly refresh: () => void
}) {
  const [delay, setDelay] = createSignal<Unreachable | null>(null)
  let pauseMs = REOPEN_MIN_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastTouchAt = performance.now()

  const wake = () => {
    if (parts.opening() === 'fault') parts.open()
    else if (parts.opening() !== 'loading') parts.send()
  }
  window.addEventListener('online', wake)
  window.addEventListener('pagehide', () => parts.send())
  document.addEventListener('visibilitychange', () => {
    lastTouchAt = performance.now()
    wake()
  })
  window.addEventListener('storage', (event) => {
    if (parts.store.isOf(event)) parts.refresh()
  })
  return {
    wake,
    /** Why it could not be opened, as last heard. */
    delay,
    /** An opening has begun; the next one by itself is no longer wanted. */
    begins: () => clearTimeout(timer),
    /** It could not be opened, and nothing of it is kept here. */
    failed: (reply: Unreachable) => {
      setDelay(reply)
      timer = setTimeout(parts.open, Math.max(pauseMs, reply.retryAfterMs))
      pauseMs = Math.min(REOPEN_MAX_MS, pauseMs * 2)
    },
    /** Milliseconds since the last touch, which this one is. */
    spentMs: (): number => {
      const since = performance.now() - lastTouchAt
      lastTouchAt = performance.now()
      return since
    },
  }
}
