import type { BrowserContext, CDPSession, Page } from 'playwright-core'

/** A cheap phone on a slow line, as browsers' own tools describe one. */
export const SLOW = {
  roundTripMs: 150,
  downBytesPerS: 1_600_000 / 8,
  upBytesPerS: 750_000 / 8,
  cpuSlowdown: 4,
} as const

/** What one visit took, in ms since the navigation began, and what travelled until the tap was handled. */
export interface Visit {
  /** The first choices are in the page. */
  readonly readyMs: number
  /** The tapped choice is kept on the device and painted as chosen. */
  readonly handledMs: number
  /** The server has acknowledged it; null when that was not waited for. */
  readonly savedMs: number | null
  /** Heads and bodies as they travelled, by path without its secret. */
  readonly bytes: Readonly<Record<string, number>>
}

/**
 * Taps the first choice that is not yet chosen as soon as there is one, inside the page, so that nothing of the test's own
 * way to the browser is counted. What it wrote is looked at in the first task after the frame that shows the choice.
 */
const TAP = `(() => {
  const times = {}
  const done = {}
  window.visit = {}
  for (const name of ['ready', 'handled', 'saved']) window.visit[name] = new Promise((resolve) => (done[name] = resolve))
  const note = (name) => { times[name] ??= performance.now(); done[name](times[name]) }
  const isPlain = () => document.documentElement.dataset.plain !== undefined
  const isKept = () => isPlain() || Object.keys(localStorage).some((key) => key.startsWith('lang-nghe.rating.'))
  let tapped = null
  const look = () => {
    if (tapped === null) {
      const radio = document.querySelector('input[type="radio"][name="OVERALL"]:not(:checked)')
      if (radio === null || radio.getBoundingClientRect().height === 0) return
      note('ready')
      tapped = radio
      radio.closest('label').click()
      const painted = new MessageChannel()
      painted.port1.onmessage = () => { if (tapped.checked && isKept()) note('handled') }
      requestAnimationFrame(() => painted.port2.postMessage(null))
    }
    if (/Đã lưu\\./.test(document.querySelector('.status')?.textContent ?? '')) note('saved')
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
  addEventListener('load', look)
})()`

/** How a visit is made slow. */
export interface Slowness {
  /** false (default): nothing that the browser kept over HTTP is used. */
  readonly cached?: boolean
  /** Who makes the line slow: the browser (default), or the address is that of a `slowLine`. */
  readonly line?: 'emulated' | 'its own'
}

async function slowDown(page: Page, { cached = false, line = 'emulated' }: Slowness): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: !cached })
  if (line === 'emulated')
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: SLOW.roundTripMs,
      downloadThroughput: SLOW.downBytesPerS,
      uploadThroughput: SLOW.upBytesPerS,
    })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpuSlowdown })
  return cdp
}

/**
 * Opens an address on the slow line, taps at once, and says how long everything took.
 *
 * @param context a phone of its own for a first visit, the same one for later visits
 * @param untilSaved waits for the acknowledgement as well (a rating page)
 */
export async function visit(
  context: BrowserContext,
  url: string,
  { untilSaved = true, ...slowness }: Slowness & { readonly untilSaved?: boolean } = {},
): Promise<Visit> {
  const page = await context.newPage()
  try {
    await page.addInitScript(TAP)
    const cdp = await slowDown(page, slowness)
    const bytes: Record<string, number> = {}
    const paths = new Map<string, string>()
    let isHandled = false
    cdp.on('Network.requestWillBeSent', ({ requestId, request }) => paths.set(requestId, pathOf(request.url)))
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const path = paths.get(requestId)
      if (path !== undefined && !isHandled) bytes[path] = (bytes[path] ?? 0) + encodedDataLength
    })
    await page.goto(url, { waitUntil: 'commit' })
    const timeOf = (name: string) => page.evaluate<number>(`window.visit.${name}`)
    const [readyMs, handledMs] = [await timeOf('ready'), await timeOf('handled')]
    isHandled = true
    return { readyMs, handledMs, savedMs: untilSaved ? await timeOf('saved') : null, bytes }
  } finally {
    await page.close()
  }
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/^(\/api\/invitations|\/r)\/.*/, '$1/…').replace(/-[\w-]{8}(\.\w+)$/, '-…$1')
}
