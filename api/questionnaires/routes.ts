import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { isOneLine } from '../core/text.ts'
import { cursorSchema, decodeCursor, encodeCursor, limitSchema } from '../cursor.ts'
import { readBody } from '../dossiers/body.ts'
import { CODES } from '../core/questionnaire/schema.ts'
import { validate } from '../validate.ts'
import { importQuestionnaire } from './import.ts'
import { exportQuestionnaire, listAllQuestionnaires, showQuestionnaire } from './read.ts'
import { changeDraft, createDraft, discardDraft, publishDraft, retireQuestionnaire } from './write.ts'

const code = z.string().max(64).regex(CODES.questionnaire)
const versionMax = 9999
const version = z.int().min(1).max(versionMax)
const keyParam = z.object({ code, version: z.coerce.number().int().min(1).max(versionMax) })
const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })
const words = z.string().trim().min(1).max(200).refine(isOneLine)
const title = z.strictObject({ vi: words, en: words })
const population = z.enum(['business', 'citizen'])
const newSchema = z.union([
  z.strictObject({ code, version, from: z.strictObject({ code, version }), title: title.optional() }),
  z.strictObject({ code, version, title, population }),
])
const basedOn = z.string().regex(/^[0-9a-f]{64}$/)
const changeSchema = z.strictObject({ basedOn, definition: z.record(z.string(), z.unknown()) })
const publishSchema = z.strictObject({ basedOn })
/** An action without words is an empty JSON object: another site's form cannot send one. */
const actionSchema = z.strictObject({})
const importQuery = z.strictObject({
  code: code.optional(),
  version: keyParam.shape.version.optional(),
  population: population.default('citizen').describe('Whom an XLSForm is for, which it does not say itself'),
})
const IMPORT_BYTES_MAX = 4 * 1024 * 1024

export const questionnaireRoutes = new Hono<AppEnv>()
  .get('/questionnaires', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const offset = decodeCursor(cursor, z.tuple([z.int().min(0).max(10_000)]))?.[0] ?? 0
    const page = { offset, limit }
    const { items, nextOffset } = await listAllQuestionnaires(c.get('services'), c.get('principal').tenantId, page)
    return c.json({ items, next: nextOffset === null ? null : encodeCursor([nextOffset]) }, 200)
  })
  .post('/questionnaires', validate('json', newSchema), async (c) => {
    const draft = c.req.valid('json')
    await createDraft(c.get('services'), c.get('principal'), draft)
    return c.json(await showQuestionnaire(c.get('services'), c.get('principal').tenantId, draft), 201)
  })
  .post('/questionnaires/import', validate('query', importQuery), async (c) => {
    const bytes = await readBody(c.req.raw, { bytesMax: IMPORT_BYTES_MAX, json: true })
    const by = c.get('principal')
    const { key, created, ...report } = await importQuestionnaire(c.get('services'), by, bytes, c.req.valid('query'))
    const body = { questionnaire: await showQuestionnaire(c.get('services'), by.tenantId, key), ...report }
    return created ? c.json(body, 201) : c.json(body, 200)
  })
  .get('/questionnaires/:code/:version', validate('param', keyParam), async (c) =>
    c.json(await showQuestionnaire(c.get('services'), c.get('principal').tenantId, c.req.valid('param')), 200),
  )
  .put('/questionnaires/:code/:version', validate('param', keyParam), validate('json', changeSchema), async (c) => {
    const key = c.req.valid('param')
    await changeDraft(c.get('services'), c.get('principal'), key, c.req.valid('json'))
    return c.json(await showQuestionnaire(c.get('services'), c.get('principal').tenantId, key), 200)
  })
  .post(
    '/questionnaires/:code/:version/publish',
    validate('param', keyParam),
    validate('json', publishSchema),
    async (c) => {
      const key = c.req.valid('param')
      await publishDraft(c.get('services'), c.get('principal'), key, c.req.valid('json').basedOn)
      return c.json(await showQuestionnaire(c.get('services'), c.get('principal').tenantId, key), 200)
    },
  )
  .post(
    '/questionnaires/:code/:version/retire',
    validate('param', keyParam),
    validate('json', actionSchema),
    async (c) => {
      const key = c.req.valid('param')
      await retireQuestionnaire(c.get('services'), c.get('principal'), key)
      return c.json(await showQuestionnaire(c.get('services'), c.get('principal').tenantId, key), 200)
    },
  )
  .post(
    '/questionnaires/:code/:version/discard',
    validate('param', keyParam),
    validate('json', actionSchema),
    async (c) => {
      await discardDraft(c.get('services'), c.get('principal'), c.req.valid('param'))
      return c.json({ discarded: true as const }, 200)
    },
  )
  .get('/questionnaires/:code/:version/export', validate('param', keyParam), async (c) => {
    const key = c.req.valid('param')
    const text = await exportQuestionnaire(c.get('services'), c.get('principal').tenantId, key)
    c.header('Content-Disposition', `attachment; filename="${key.code}-${key.version}.json"`)
    return c.body(text, 200, { 'Content-Type': 'application/json' })
  })
