/** Secrets of the instances that tests start: valid in form, known to everybody. */
export const testSettings = {
  TOKEN_KEYS: `1:${'A'.repeat(43)}`,
  AUTH_SECRET: 'tests-only-'.repeat(4),
  CONTACT_KEYS: `1:${'B'.repeat(43)}`,
  METRICS_TOKEN: 'tests-only-metrics',
} as const
