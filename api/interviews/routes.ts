import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { cursorSchema, limitSchema } from '../cursor.ts'
import { validate } from '../validate.ts'
import { showAssignment } from './assignment.ts'
import { registerDevice } from './device.ts'
import { batchSchema, deviceSchema } from './schema.ts'
import { syncInterviews } from './sync.ts'

const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })

export const interviewRoutes = new Hono<AppEnv>()
  .get('/interviews/assignment', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    return c.json(await showAssignment(c.get('services'), c.get('principal'), { cursor, limit }), 200)
  })
  .post('/interviews/devices', validate('json', deviceSchema), async (c) => {
    const { created, ...device } = await registerDevice(c.get('services'), c.get('principal'), c.req.valid('json'))
    return created ? c.json(device, 201) : c.json(device, 200)
  })
  .post('/interviews', validate('json', batchSchema), async (c) =>
    c.json(await syncInterviews(c.get('services'), c.get('principal'), c.req.valid('json')), 200),
  )
