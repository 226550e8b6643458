import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { isStorable } from '../core/text.ts'
import { cursorSchema, decodeCursor, limitSchema, page } from '../cursor.ts'
import { readBody } from '../dossiers/body.ts'
import { indexIdSchema, unitParam } from '../indices/query.ts'
import { validate } from '../validate.ts'
import { indexAgreement } from './agreement.ts'
import { importHard } from './import-hard.ts'
import { importOfficial } from './import.ts'
import { hardView, officialView, readHard, readOfficial, readOfficialIndices } from './list.ts'
import { unitOfficial } from './series.ts'
import { tableOf } from './table.ts'

/** Texts of a query: what PostgreSQL cannot hold is no name of anything. */
const name = z.string().min(1).max(64).refine(isStorable)
const year = z.coerce.number().int().min(1900).max(2200)
const listQuery = z.strictObject({
  index: name.optional(),
  year: year.optional(),
  node: name.optional(),
  cursor: cursorSchema,
  limit: limitSchema,
})
const hardQuery = z.strictObject({ code: name.optional(), cursor: cursorSchema, limit: limitSchema })
const seriesQuery = z.strictObject({
  official: name,
  node: name,
  index: indexIdSchema.optional(),
  ourNode: name.optional(),
})
const agreementQuery = z.strictObject({ official: name, node: name, officialNode: name.optional() })
const indexParam = z.object({ index: indexIdSchema })
const afterOf = (cursor: string | undefined) => decodeCursor(cursor, z.tuple([z.int().min(0)]))?.[0] ?? 0

export const officialRoutes = new Hono<AppEnv>()
  .post('/official-results', async (c) => {
    const table = await tableOf(await readBody(c.req.raw))
    return c.json(await importOfficial(c.get('services'), c.get('principal'), table), 200)
  })
  .get('/official-results', validate('query', listQuery), async (c) => {
    const { index = null, year: asked = null, node = null, cursor, limit } = c.req.valid('query')
    const query = { index, year: asked, node, after: afterOf(cursor), limit: limit + 1 }
    const rows = await readOfficial(c.get('services'), c.get('principal').tenantId, query)
    return c.json(
      page(rows, limit, officialView, (row) => [row.id]),
      200,
    )
  })
  .get('/official-indices', async (c) =>
    c.json(await readOfficialIndices(c.get('services'), c.get('principal').tenantId), 200),
  )
  .post('/hard-figures', async (c) => {
    const table = await tableOf(await readBody(c.req.raw))
    return c.json(await importHard(c.get('services'), c.get('principal'), table), 200)
  })
  .get('/hard-figures', validate('query', hardQuery), async (c) => {
    const { code = null, cursor, limit } = c.req.valid('query')
    const query = { code, after: afterOf(cursor), limit: limit + 1 }
    const rows = await readHard(c.get('services'), c.get('principal').tenantId, query)
    return c.json(
      page(rows, limit, hardView, (row) => [row.id]),
      200,
    )
  })
  .get('/units/:id/official', validate('param', unitParam), validate('query', seriesQuery), async (c) => {
    const { official, node, index = null, ourNode = node } = c.req.valid('query')
    const query = { official, node, index, ourNode }
    return c.json(
      await unitOfficial(c.get('services'), c.get('principal').tenantId, c.req.valid('param').id, query),
      200,
    )
  })
  .get('/indices/:index/agreement', validate('param', indexParam), validate('query', agreementQuery), async (c) => {
    const { official, node, officialNode = node } = c.req.valid('query')
    const query = { index: c.req.valid('param').index, node, official, officialNode }
    return c.json(await indexAgreement(c.get('services'), c.get('principal').tenantId, query), 200)
  })
