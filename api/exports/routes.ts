import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { campaignParam } from '../campaigns/schema.ts'
import { PARTS } from '../core/export/columns.ts'
import { validate } from '../validate.ts'
import { exportSurvey, surveyCodebook } from './survey.ts'
import { codebookCsv, FORMATS, MEDIA_TYPES } from './survey-formats.ts'

const exportQuery = z.strictObject({
  format: z.enum(FORMATS).default('csv'),
  part: z.enum(PARTS).default('answers'),
  labels: z.enum(['vi', 'en']).optional(),
  separator: z.enum([',', ';']).default(','),
  bom: z.enum(['true', 'false']).default('false'),
})
const codebookQuery = z.strictObject({ format: z.enum(['json', 'csv']).default('json') })

export const exportRoutes = new Hono<AppEnv>()
  .get('/campaigns/:id/export', validate('param', campaignParam), validate('query', exportQuery), async (c) => {
    const { format, part, labels = null, separator, bom } = c.req.valid('query')
    const choice = { format, part, look: { labels, separator, bom: bom === 'true' } }
    const { head, body } = await exportSurvey(c.get('services'), c.get('principal'), c.req.valid('param').id, choice)
    return c.body(body, 200, file(head.name, MEDIA_TYPES[format]))
  })
  .get('/campaigns/:id/codebook', validate('param', campaignParam), validate('query', codebookQuery), async (c) => {
    const { id } = c.req.valid('param')
    const codebook = await surveyCodebook(c.get('services'), { tenantId: c.get('principal').tenantId, campaignId: id })
    if (c.req.valid('query').format === 'json') return c.json(codebook, 200)
    return c.body(codebookCsv(codebook.parts), 200, file(`${id}-codebook.csv`, MEDIA_TYPES.csv))
  })

function file(name: string, type: string) {
  return { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' }
}
