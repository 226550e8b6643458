/**
 * The service worker of rating pages, that of surveys and that of interviews: a page that was opened once opens again without the
 * network. It keeps the files of one build and nothing else. Addresses of the first two hold secrets, so every one of them is answered with
 * the one page kept under `/r/`, `/s/` or `/phong-van`, and what the server says about a secret is handed to the page once and never kept.
 * A newer build waits until no such page is open: its files never mix with those of a page in use.
 */

// Filled in by the build (web/vite.config.ts).
declare const FILES: readonly string[]
declare const BUILD: string
/** Where the pages are, and where they ask first. */
declare const DOOR: { readonly name: string; readonly page: string; readonly api: string }

const PREFIX = `lang-nghe-${DOOR.name}-`
const CACHE = PREFIX + BUILD
const PAGE = DOOR.page
const EARLY_MAX = 4

/** @throws Error when the page is of another build, as in the midst of a deployment; the browser tries again later */
async function keepFiles(): Promise<void> {
  const page = await fetch(PAGE, { cache: 'no-store' })
  const html = await page.clone().text()
  if (!page.ok || !FILES.every((file) => html.includes(file))) throw new Error('the page is of another build')
  const cache = await caches.open(CACHE)
  await cache.addAll([...FILES])
  await cache.put(PAGE, page)
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  )
}

/** A kept file, or what the server gives for the request where the browser has thrown it away. */
async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}

/** The page's first question to the server, asked while the page is still being built; in memory, and handed out once. */
const early = new Map<string, Promise<Response>>()

function askEarly(pathname: string): void {
  // Not for short codes: each try of one counts against guessing.
  const token = pathname.slice(PAGE.length)
  if (!pathname.startsWith(PAGE) || !/^[0-9a-z]{3}[\w-]{22}$/.test(token)) return
  const path = DOOR.api + token
  const answer = fetch(path)
  answer.catch(() => undefined)
  // Of pages that were closed before they asked; there is rarely more than one.
  if (early.size >= EARLY_MAX) early.clear()
  early.set(path, answer)
}

addEventListener('install', (event) => (event as ExtendableEvent).waitUntil(keepFiles()))
addEventListener('activate', (event) => (event as ExtendableEvent).waitUntil(dropOthers()))
addEventListener('fetch', (event) => {
  const fetching = event as FetchEvent
  const { request } = fetching
  if (request.method !== 'GET') return
  const { pathname } = new URL(request.url)
  const answer = early.get(pathname)
  if (request.mode === 'navigate') {
    askEarly(pathname)
    fetching.respondWith(kept(PAGE, request))
  } else if (answer !== undefined) {
    early.delete(pathname)
    fetching.respondWith(answer)
  } else if (FILES.includes(pathname)) fetching.respondWith(kept(pathname, request))
})
