import { z } from 'zod'
import { valid } from './settings.ts'

const PORT_MAX = 65_535
const CONNECTIONS_MAX = 1000
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ })

/** Settings of a Node process alone: where it listens, and its PostgreSQL instead of the embedded one. */
const serverSettingsSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, PORT_MAX).default(8787),
  /** Whether a reverse proxy is in front, whose `X-Real-IP` is believed. */
  TRUST_PROXY: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATE_DATABASE_URL: postgresUrl.optional(),
  DB_CONNECTIONS: wholeNumber(1, CONNECTIONS_MAX).default(10),
})
export type ServerSettings = z.infer<typeof serverSettingsSchema>

/** @throws StartupError invalid_setting naming the variable, never its value */
export function readServerSettings(env: NodeJS.ProcessEnv): ServerSettings {
  return valid(serverSettingsSchema, {
    HOST: env.HOST,
    PORT: env.PORT,
    TRUST_PROXY: env.TRUST_PROXY,
    DATABASE_URL: env.DATABASE_URL,
    MIGRATE_DATABASE_URL: env.MIGRATE_DATABASE_URL,
    DB_CONNECTIONS: env.DB_CONNECTIONS,
  })
}

function wholeNumber(least: number, most: number) {
  return z.string().regex(/^\d{1,9}$/).transform(Number).pipe(z.number().min(least).max(most)) // prettier-ignore
}
