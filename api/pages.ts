/** What the application answers: the API and the public pages. All else is a built file. */
export function isApplicationPath(path: string): boolean {
  return path.startsWith('/api/') || (/^\/cong-khai(\/|$)/.test(path) && !path.includes('.'))
}

/**
 * The built page that answers a path, or null when the path is a file of its own. Without an office there are no interviews either,
 * and the front is the page for typed codes.
 */
export function pageFile(path: string, citizenOnly: boolean): string | null {
  if (path.startsWith('/r/')) return '/rate.html'
  if (path === '/r' || path === '/withdraw') return '/rate-typed.html'
  if (/^\/s(\/|$)/.test(path)) return '/survey.html'
  if (path.includes('.')) return null
  if (citizenOnly) return '/rate-typed.html'
  return path === '/phong-van' ? '/interview.html' : '/office.html'
}

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Where a page asks first, by the folder of its address. */
const FIRST_QUESTIONS: Readonly<Record<string, string>> = { r: 'invitations', s: 'surveys' }

/**
 * What a rating page or a survey will ask for first, told with the page itself: the browser fetches it while it still reads the
 * script, one round trip earlier. Short codes are left out, since each try of one counts against guessing.
 */
function earlyFetch(path: string): string | null {
  const [, folder = '', token] = /^\/([rs])\/([0-9a-z]{3}[\w-]{22})$/.exec(path) ?? []
  return token === undefined ? null : `</api/${FIRST_QUESTIONS[folder]}/${token}>; rel=preload; as=fetch; crossorigin`
}

/**
 * Serves a page or a built file through `readAsset` with the headers both front doors share. Nothing from elsewhere may
 * load, and the address of a rating page or a survey, which holds its secret, is never sent on as a referrer.
 */
export async function pageResponse(
  request: Request,
  citizenOnly: boolean,
  readAsset: (request: Request) => Promise<Response>,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
  const url = new URL(request.url)
  const file = pageFile(url.pathname, citizenOnly)
  const asset = await readAsset(new Request(new URL(file ?? url.pathname, url), { method: request.method }))
  const headers = new Headers(asset.headers)
  headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Frame-Options', 'DENY')
  headers.set('Cache-Control', url.pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  const early = earlyFetch(url.pathname)
  if (early !== null) headers.set('Link', early)
  return new Response(asset.body, { status: asset.status, headers })
}
