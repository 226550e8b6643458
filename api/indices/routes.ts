import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { validate } from '../validate.ts'
import { readCriteria } from './criteria.ts'
import { listPeriods } from './periods.ts'
import { periodQuery, unitParam } from './query.ts'
import { periodOf } from './scope.ts'
import { unitSummary } from './summary.ts'
import { writeCriteria } from './write-criteria.ts'

const points = z.int().min(0).max(2).nullable()
export const criteriaSchema = z.strictObject({
  C2: points.optional(),
  C5: points.optional(),
  C6: points.optional(),
  C8: points.optional(),
  C9: points.optional(),
})

export const indexRoutes = new Hono<AppEnv>()
  .get('/periods', async (c) => c.json(await listPeriods(c.get('services'), c.get('principal').tenantId), 200))
  .get('/units/:id/summary', validate('param', unitParam), validate('query', periodQuery), async (c) => {
    const summary = await unitSummary(
      c.get('services'),
      c.get('principal').tenantId,
      c.req.valid('param').id,
      periodOf(c.req.valid('query')),
    )
    return c.json(summary, 200)
  })
  .get('/units/:id/criteria', validate('param', unitParam), validate('query', periodQuery), async (c) => {
    const key = { unitId: c.req.valid('param').id, period: periodOf(c.req.valid('query')) }
    return c.json(await readCriteria(c.get('services'), c.get('principal').tenantId, key), 200)
  })
  .put(
    '/units/:id/criteria',
    validate('param', unitParam),
    validate('query', periodQuery),
    validate('json', criteriaSchema),
    async (c) => {
      const key = { unitId: c.req.valid('param').id, period: periodOf(c.req.valid('query')) }
      return c.json(await writeCriteria(c.get('services'), c.get('principal'), key, c.req.valid('json')), 200)
    },
  )
