import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { ISOLATE_LIMITS } from '../core/dossier/read/open.ts'
import { cursorSchema, limitSchema } from '../cursor.ts'
import { readBody } from '../dossiers/body.ts'
import { validate } from '../validate.ts'
import { showCampaign } from './campaign.ts'
import { assignInterviewer, listCampaignCases, noteDisposition } from './cases.ts'
import { campaignConflicts, chooseAnswer } from './conflicts.ts'
import { drawCampaign } from './draw.ts'
import { fieldReport, fieldStrata } from './field.ts'
import { importFrame } from './frame.ts'
import { createInterviewer, interviewers } from './interviewers.ts'
import { printLetters } from './letters.ts'
import { campaignEvents, campaigns } from './list.ts'
import { noteSent, waitingLetters } from './mailings.ts'
import { closeCampaign, openCampaign } from './open.ts'
import { listChoices } from './questionnaires.ts'
import { releaseReplacements } from './release.ts'
import {
  assignmentSchema,
  campaignParam,
  campaignSchema,
  caseParam,
  caseQuery,
  changeSchema,
  chosenSchema,
  dispositionSchema,
  drawSchema,
  emptySchema,
  interviewerSchema,
  letterQuery,
  mailingQuery,
  mailingSchema,
  releaseSchema,
  toAssignment,
} from './schema.ts'
import { listStrata } from './strata.ts'
import { changeCampaign, createCampaign } from './write.ts'

const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })

export const campaignRoutes = new Hono<AppEnv>()
  .get('/campaigns', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    return c.json(await campaigns(c.get('services'), c.get('principal').tenantId, { cursor, limit }), 200)
  })
  .post('/campaigns', validate('json', campaignSchema), async (c) => {
    const { created, campaign } = await createCampaign(c.get('services'), c.get('principal'), c.req.valid('json'))
    return created ? c.json(campaign, 201) : c.json(campaign, 200)
  })
  .get('/campaigns/questionnaires', async (c) =>
    c.json(await listChoices(c.get('services'), c.get('principal').tenantId), 200),
  )
  .get('/campaigns/:id', validate('param', campaignParam), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    return c.json(await showCampaign(c.get('services'), key), 200)
  })
  .put('/campaigns/:id', validate('param', campaignParam), validate('json', changeSchema), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await changeCampaign(c.get('services'), c.get('principal'), id, c.req.valid('json')), 200)
  })
  .post('/campaigns/:id/frame', validate('param', campaignParam), async (c) => {
    const { id } = c.req.valid('param')
    const body = await readBody(c.req.raw)
    return c.json(await importFrame(c.get('services'), c.get('principal'), id, body, ISOLATE_LIMITS), 200)
  })
  .get('/campaigns/:id/strata', validate('param', campaignParam), validate('query', listQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit } = c.req.valid('query')
    return c.json(await listStrata(c.get('services'), key, { cursor, limit }), 200)
  })
  .post('/campaigns/:id/draw', validate('param', campaignParam), validate('json', drawSchema), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await drawCampaign(c.get('services'), c.get('principal'), id, c.req.valid('json').seed), 200)
  })
  .post('/campaigns/:id/open', validate('param', campaignParam), validate('json', emptySchema), async (c) =>
    c.json(await openCampaign(c.get('services'), c.get('principal'), c.req.valid('param').id), 200),
  )
  .post('/campaigns/:id/close', validate('param', campaignParam), validate('json', emptySchema), async (c) =>
    c.json(await closeCampaign(c.get('services'), c.get('principal'), c.req.valid('param').id), 200),
  )
  .post('/campaigns/:id/release', validate('param', campaignParam), validate('json', releaseSchema), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await releaseReplacements(c.get('services'), c.get('principal'), id, c.req.valid('json')), 200)
  })
  .get('/campaigns/:id/letters', validate('param', campaignParam), validate('query', letterQuery), async (c) => {
    const origin = c.get('services').publicUrl ?? new URL(c.req.url).origin
    const { html, next } = await printLetters(c.get('services'), c.get('principal'), c.req.valid('param').id, {
      ...c.req.valid('query'),
      cursor: c.req.valid('query').cursor,
      origin,
    })
    if (next !== null) {
      const query = new URLSearchParams(c.req.query())
      query.set('cursor', next)
      c.header('Link', `<${c.req.path}?${query}>; rel="next"`)
    }
    return c.html(html, 200)
  })
  .get('/campaigns/:id/mailings', validate('param', campaignParam), validate('query', mailingQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    return c.json(await waitingLetters(c.get('services'), key, c.req.valid('query').again), 200)
  })
  .post('/campaigns/:id/mailings', validate('param', campaignParam), validate('json', mailingSchema), async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await noteSent(c.get('services'), c.get('principal'), id, c.req.valid('json')), 200)
  })
  .get('/campaigns/:id/field', validate('param', campaignParam), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    return c.json(await fieldReport(c.get('services'), key), 200)
  })
  .get('/campaigns/:id/field/strata', validate('param', campaignParam), validate('query', listQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit } = c.req.valid('query')
    return c.json(await fieldStrata(c.get('services'), key, { cursor, limit }), 200)
  })
  .get('/campaigns/:id/events', validate('param', campaignParam), validate('query', listQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit } = c.req.valid('query')
    return c.json(await campaignEvents(c.get('services'), key, { cursor, limit }), 200)
  })
  .get('/campaigns/:id/cases', validate('param', campaignParam), validate('query', caseQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit, ...filter } = c.req.valid('query')
    return c.json(await listCampaignCases(c.get('services'), key, { filter, cursor, limit }), 200)
  })
  .put(
    '/campaigns/:id/cases/:case/disposition',
    validate('param', caseParam),
    validate('json', dispositionSchema),
    async (c) => {
      const { id, case: caseId } = c.req.valid('param')
      const { disposition } = c.req.valid('json')
      const place = { campaignId: id, caseId }
      return c.json(await noteDisposition(c.get('services'), c.get('principal'), place, disposition), 200)
    },
  )
  .get('/campaigns/:id/conflicts', validate('param', campaignParam), validate('query', listQuery), async (c) => {
    const key = { tenantId: c.get('principal').tenantId, campaignId: c.req.valid('param').id }
    const { cursor, limit } = c.req.valid('query')
    return c.json(await campaignConflicts(c.get('services'), key, { cursor, limit }), 200)
  })
  .put('/campaigns/:id/cases/:case/answer', validate('param', caseParam), validate('json', chosenSchema), async (c) => {
    const { id, case: caseId } = c.req.valid('param')
    const place = { campaignId: id, caseId }
    return c.json(await chooseAnswer(c.get('services'), c.get('principal'), place, c.req.valid('json').answer), 200)
  })
  .put('/campaigns/:id/assignment', validate('param', campaignParam), validate('json', assignmentSchema), async (c) => {
    const { id } = c.req.valid('param')
    const { interviewer, ...which } = c.req.valid('json')
    const by = c.get('principal')
    return c.json(await assignInterviewer(c.get('services'), by, id, interviewer, toAssignment(which)), 200)
  })
  .get('/interviewers', async (c) => c.json(await interviewers(c.get('services'), c.get('principal').tenantId), 200))
  .post('/interviewers', validate('json', interviewerSchema), async (c) => {
    const { created, ...account } = await createInterviewer(c.get('services'), c.get('principal'), c.req.valid('json'))
    return created ? c.json(account, 201) : c.json(account, 200)
  })
