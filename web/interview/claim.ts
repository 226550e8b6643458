import { createSignal, onCleanup } from 'solid-js'

/** Longer than a tab that has just been closed needs to let go. */
const TOLD_AFTER_MS = 500

/**
 * Holds one case for this tab as long as the component lives, so that two tabs do not write over each other's answers. Where the
 * browser has no locks (plain http) it is held at once.
 *
 * @param ready done between getting the case and saying so
 * @returns `held`: this tab has it · `elsewhere`: another tab does, which is told once it is certain
 */
export function createClaim(id: number, ready: () => Promise<void>): () => 'asking' | 'held' | 'elsewhere' {
  const [state, setState] = createSignal<'asking' | 'held' | 'elsewhere'>('asking')
  if (!('locks' in navigator)) return () => 'held'
  const giveUp = new AbortController()
  const told = setTimeout(() => setState('elsewhere'), TOLD_AFTER_MS)
  let release = (): void => giveUp.abort()
  onCleanup(() => {
    clearTimeout(told)
    release()
  })
  const hold = (): Promise<void> =>
    new Promise((letGo) => {
      release = letGo
      clearTimeout(told)
      void ready()
        .catch(() => undefined)
        .then(() => setState('held'))
    })
  // given up: the component is gone
  navigator.locks.request(`lang-nghe-case-${id}`, { signal: giveUp.signal }, hold).catch(() => undefined)
  return state
}
