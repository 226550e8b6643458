import { Hono } from 'hono'
import type { AppEnv } from '../app.ts'
import { deviceOf } from '../device.ts'
import { validate } from '../validate.ts'
import { submissionSchema, withdrawalSchema } from './schema.ts'
import { submitResponse } from './submit.ts'
import { withdrawResponse } from './withdraw.ts'

export const responseRoutes = new Hono<AppEnv>()
  .post('/responses', validate('json', submissionSchema), async (c) => {
    const services = c.get('services')
    const { created, ...stored } = await submitResponse(
      services,
      c.req.valid('json'),
      deviceOf(services, c.req.raw.headers),
    )
    return created ? c.json(stored, 201) : c.json(stored, 200)
  })
  .post('/withdrawals', validate('json', withdrawalSchema), async (c) => {
    await withdrawResponse(c.get('services'), c.req.valid('json'))
    return c.json({ withdrawn: true as const }, 200)
  })
