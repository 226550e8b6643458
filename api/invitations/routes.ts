import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { cursorSchema, limitSchema, sinceSchema } from '../cursor.ts'
import { deviceOf } from '../device.ts'
import { validate } from '../validate.ts'
import { readInvitation } from './invitation.ts'
import { listInvitations } from './list.ts'

const listQuery = z.strictObject({
  since: sinceSchema,
  cursor: cursorSchema,
  limit: limitSchema,
})

export const invitationRoutes = new Hono<AppEnv>()
  .get('/invitations/:token', async (c) => {
    const services = c.get('services')
    const device = deviceOf(services, c.req.raw.headers)
    return c.json(await readInvitation(services, c.req.param('token'), device), 200)
  })
  .get('/invitations', validate('query', listQuery), async (c) => {
    const { since, cursor, limit } = c.req.valid('query')
    const origin = c.get('services').publicUrl ?? new URL(c.req.url).origin
    return c.json(
      await listInvitations(c.get('services'), c.get('principal').tenantId, {
        since: since ?? null,
        cursor,
        limit,
        origin,
      }),
      200,
    )
  })
