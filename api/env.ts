import { z } from 'zod'

/** Which doors an instance opens: everything, or only what carries no personal data (rating, survey, public pages). */
export type Surface = 'full' | 'citizen'

/** Settings that both front doors read. Secrets: TOKEN_KEYS (`version:base64url`, comma separated, newest last) and AUTH_SECRET; CONTACT_KEYS (of the same form, 32 bytes each), without which no contacts of surveys are kept; METRICS_TOKEN, the key to `/api/metrics`. */
export const settingsSchema = z.object({
  SURFACE: z.enum(['full', 'citizen']).default('full'),
  PUBLIC_URL: z.url().optional(),
  TOKEN_KEYS: z.string().regex(/^\d{1,4}:[A-Za-z0-9_-]{22,}(,\d{1,4}:[A-Za-z0-9_-]{22,})*$/),
  AUTH_SECRET: z.string().min(32),
  CONTACT_KEYS: z
    .string()
    .regex(/^\d{1,4}:[A-Za-z0-9_-]{43}(,\d{1,4}:[A-Za-z0-9_-]{43})*$/)
    .optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/)
    .optional(),
})
export type Settings = z.infer<typeof settingsSchema>
