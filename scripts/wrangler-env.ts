/** Wrangler as a local tool: nothing is reported, looked up or asked anywhere, and no request, whose address may hold a secret, is logged to disk. */
export const localWrangler: Readonly<Record<string, string>> = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  // the banner comes with a look for updates
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}
