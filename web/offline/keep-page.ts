// By then the first tap of most people has travelled; on a slow line the two would get in each other's way.
const PAUSE_MS = 2_000
let isAsked = false

/**
 * Has this page's files kept by its service worker, so that it opens again without the network. They are the same for
 * everybody and say nothing about an invitation. Browsers without service workers, or on plain http, go on without.
 */
export function keepPage(worker: string, scope: string): void {
  if (isAsked || !('serviceWorker' in navigator)) return
  isAsked = true
  setTimeout(() => {
    navigator.serviceWorker.register(worker, { scope }).catch(() => undefined)
  }, PAUSE_MS)
}
