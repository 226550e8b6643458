import { Hono } from 'hono'
import { isMigrated } from '../db/migrate.ts'
import type { AppEnv } from './app.ts'
import { AppError } from './errors.ts'

/** `GET /api/health`: ok only when the database answers and its migrations are current. */
export const healthRoutes = new Hono<AppEnv>().get('/health', async (c) => {
  const migrated = await isMigrated(c.get('services').db.shared).catch(() => false)
  if (!migrated) throw new AppError('unavailable')
  return c.json({ status: 'ok' as const }, 200)
})
