import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { campaignParam } from '../campaigns/schema.ts'
import { rulesSchema } from '../core/quality/rules.ts'
import { weightingSchema } from '../core/weights/weighting.ts'
import { cursorSchema, limitSchema } from '../cursor.ts'
import { validate } from '../validate.ts'
import { campaignQuality, setCampaignRules } from './quality.ts'
import { campaignResults, questionPage, unitResults } from './results.ts'
import { campaignWeights, setCampaignWeighting } from './weights.ts'

/** `id@edition`. */
const edition = z.string().min(1).max(200).optional()
const rho = z.coerce.number().min(0).max(0.5).optional()
const resultsQuery = z.strictObject({ edition, rho })
const unitsQuery = z.strictObject({ edition, cursor: cursorSchema, limit: limitSchema })
const qualitySchema = z.strictObject({ rules: rulesSchema })
const pageQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })

export const resultRoutes = new Hono<AppEnv>()
  .get('/campaigns/:id/results', validate('param', campaignParam), validate('query', resultsQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    return c.json(await campaignResults(c.get('services'), key, c.req.valid('query')), 200)
  })
  .get('/campaigns/:id/results/units', validate('param', campaignParam), validate('query', unitsQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, ...query } = c.req.valid('query')
    return c.json(await unitResults(c.get('services'), key, { cursor, ...query }), 200)
  })
  .get(
    '/campaigns/:id/results/questions',
    validate('param', campaignParam),
    validate('query', pageQuery),
    async (c) => {
      const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
      const { cursor, limit } = c.req.valid('query')
      return c.json(await questionPage(c.get('services'), key, { cursor, limit }), 200)
    },
  )
  .get('/campaigns/:id/weights', validate('param', campaignParam), validate('query', pageQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit } = c.req.valid('query')
    return c.json(await campaignWeights(c.get('services'), key, { cursor, limit }), 200)
  })
  .put('/campaigns/:id/weights', validate('param', campaignParam), validate('json', weightingSchema), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await setCampaignWeighting(c.get('services'), c.get('principal'), id, c.req.valid('json')), 200)
  })
  .get('/campaigns/:id/quality', validate('param', campaignParam), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    return c.json(await campaignQuality(c.get('services'), key), 200)
  })
  .put('/campaigns/:id/quality', validate('param', campaignParam), validate('json', qualitySchema), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await setCampaignRules(c.get('services'), c.get('principal'), id, c.req.valid('json').rules), 200)
  })
