import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { validate } from '../validate.ts'
import { authResponse } from './door.ts'
import { readMe, readSettings, writeSettings } from './tenant.ts'

const settingsSchema = z.strictObject({
  inviteEvents: z.array(z.enum(['received', 'supplement_requested', 'refused', 'returned'])).max(4),
})

export const accountRoutes = new Hono<AppEnv>()
  .on(['GET', 'POST'], '/auth/*', (c) => authResponse(c.get('services'), c.req.raw))
  .get('/me', async (c) => c.json(await readMe(c.get('services'), c.get('principal')), 200))
  .get('/settings', async (c) => c.json(await readSettings(c.get('services'), c.get('principal').tenantId), 200))
  .put('/settings', validate('json', settingsSchema), async (c) =>
    c.json(await writeSettings(c.get('services'), c.get('principal').tenantId, c.req.valid('json')), 200),
  )
