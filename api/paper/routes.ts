import { Hono } from 'hono'
import type { AppEnv } from '../app.ts'
import { validate } from '../validate.ts'
import { findPaperCase, readEntry, saveEntry } from './entry.ts'
import { listPaperForms, printPaperForms } from './form.ts'
import { mergePasses, showDifferences } from './merge.ts'
import {
  campaignParam,
  caseParam,
  entrySchema,
  findQuery,
  formListQuery,
  formQuery,
  mergeSchema,
  passParam,
} from './schema.ts'

export const paperRoutes = new Hono<AppEnv>()
  .get('/campaigns/:id/paper-form', validate('param', campaignParam), validate('query', formQuery), async (c) => {
    const { id } = c.req.valid('param')
    const origin = c.get('services').publicUrl ?? new URL(c.req.url).origin
    const { cursor, ...query } = c.req.valid('query')
    const printing = { ...query, cursor, origin }
    const { html, next } = await printPaperForms(c.get('services'), c.get('principal'), id, printing)
    if (next !== null) {
      const following = new URLSearchParams(c.req.query())
      following.set('cursor', next)
      c.header('Link', `<${c.req.path}?${following}>; rel="next"`)
    }
    return c.html(html, 200)
  })
  .get('/campaigns/:id/paper-forms', validate('param', campaignParam), validate('query', formListQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit } = c.req.valid('query')
    return c.json(await listPaperForms(c.get('services'), key, { cursor, limit }), 200)
  })
  .get('/campaigns/:id/paper', validate('param', campaignParam), validate('query', findQuery), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await findPaperCase(c.get('services'), c.get('principal'), id, c.req.valid('query').code), 200)
  })
  .get('/campaigns/:id/paper/:case/differences', validate('param', caseParam), async (c) => {
    const { id, case: caseId } = c.req.valid('param')
    return c.json(await showDifferences(c.get('services'), c.get('principal'), { campaignId: id, caseId }), 200)
  })
  .post('/campaigns/:id/paper/:case/merge', validate('param', caseParam), validate('json', mergeSchema), async (c) => {
    const { id, case: caseId } = c.req.valid('param')
    const place = { campaignId: id, caseId }
    return c.json(await mergePasses(c.get('services'), c.get('principal'), place, c.req.valid('json')), 200)
  })
  .get('/campaigns/:id/paper/:case/:pass', validate('param', passParam), async (c) => {
    const { id, case: caseId, pass } = c.req.valid('param')
    return c.json(await readEntry(c.get('services'), c.get('principal'), { campaignId: id, caseId, pass }), 200)
  })
  .put('/campaigns/:id/paper/:case/:pass', validate('param', passParam), validate('json', entrySchema), async (c) => {
    const { id, case: caseId, pass } = c.req.valid('param')
    const place = { campaignId: id, caseId, pass }
    return c.json(await saveEntry(c.get('services'), c.get('principal'), place, c.req.valid('json')), 200)
  })
