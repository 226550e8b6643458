import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { cursorSchema, decodeCursor, limitSchema, page } from '../cursor.ts'
import { validate } from '../validate.ts'
import { editionSchema, indexIdSchema, periodQuery, unitParam } from './query.ts'
import { computeRun, indexRunView, readIndexRuns, rerunIndex, showRun } from './runs/door.ts'
import { periodOf } from './scope.ts'
import { unitScores } from './scores/page.ts'

const editionParam = z.object({ index: indexIdSchema, edition: editionSchema })
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const runParam = z.object({ id })
const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })
const scoresQuery = z.strictObject({
  ...periodQuery.shape,
  index: indexIdSchema,
  edition: editionSchema.optional(),
  run: id.optional(),
})
/** An action without words is an empty JSON object: another site's form cannot send one. */
const actionSchema = z.strictObject({})

export const scoreRoutes = new Hono<AppEnv>()
  .post(
    '/indices/:index/editions/:edition/runs',
    validate('param', editionParam),
    validate('json', periodQuery),
    async (c) => {
      const { index, edition } = c.req.valid('param')
      const key = { id: index, edition }
      const run = await computeRun(c.get('services'), c.get('principal'), key, periodOf(c.req.valid('json')))
      return c.json(await showRun(c.get('services'), c.get('principal').tenantId, run), 201)
    },
  )
  .get(
    '/indices/:index/editions/:edition/runs',
    validate('param', editionParam),
    validate('query', listQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid('query')
      const { index, edition } = c.req.valid('param')
      const before = decodeCursor(cursor, z.tuple([z.int()]))?.[0] ?? null
      const query = { indexId: index, edition, before, limit: limit + 1 }
      const rows = await readIndexRuns(c.get('services'), c.get('principal').tenantId, query)
      return c.json(
        page(rows, limit, indexRunView, (row) => [row.id]),
        200,
      )
    },
  )
  .get('/index-runs/:id', validate('param', runParam), async (c) =>
    c.json(await showRun(c.get('services'), c.get('principal').tenantId, c.req.valid('param').id), 200),
  )
  .post('/index-runs/:id/rerun', validate('param', runParam), validate('json', actionSchema), async (c) =>
    c.json(await rerunIndex(c.get('services'), c.get('principal').tenantId, c.req.valid('param').id), 200),
  )
  .get('/units/:id/scores', validate('param', unitParam), validate('query', scoresQuery), async (c) => {
    const { index, edition = null, run = null, ...months } = c.req.valid('query')
    const query = { index, edition, run, period: periodOf(months) }
    return c.json(await unitScores(c.get('services'), c.get('principal').tenantId, c.req.valid('param').id, query), 200)
  })
