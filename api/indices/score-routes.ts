import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { previousPeriod } from '../core/time/period.ts'
import { cursorSchema, decodeCursor, limitSchema, page } from '../cursor.ts'
import { validate } from '../validate.ts'
import { editionSchema, indexIdSchema, periodQuery, unitParam } from './query.ts'
import { computeRun, indexRunView, readIndexRuns, rerunIndex, showRun } from './runs/door.ts'
import { periodOf } from './scope.ts'
import { scoreChange } from './scores/change.ts'
import { explainScores } from './scores/explain.ts'
import { unitScores } from './scores/page.ts'
import { scoreSensitivity } from './scores/sensitivity.ts'
import { scoreSeries } from './scores/series.ts'

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
const node = z.string().min(1).max(64).optional()
const explainQuery = z.strictObject({ ...scoresQuery.shape, node })
const seriesQuery = z.strictObject({ ...periodQuery.shape, index: indexIdSchema, node })
const changeQuery = z.strictObject({
  ...scoresQuery.shape,
  baseFrom: periodQuery.shape.from.optional(),
  baseTo: periodQuery.shape.to.optional(),
})
const scoresOf = ({ index, edition, run, from, to }: z.infer<typeof scoresQuery>) => ({
  index,
  edition: edition ?? null,
  run: run ?? null,
  period: periodOf({ from, to }),
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
    const { tenantId } = c.get('principal')
    const query = scoresOf(c.req.valid('query'))
    return c.json(await unitScores(c.get('services'), tenantId, c.req.valid('param').id, query), 200)
  })
  .get('/units/:id/scores/explain', validate('param', unitParam), validate('query', explainQuery), async (c) => {
    const { tenantId } = c.get('principal')
    const { node: asked = null, ...rest } = c.req.valid('query')
    const query = { ...scoresOf(rest), node: asked }
    return c.json(await explainScores(c.get('services'), tenantId, c.req.valid('param').id, query), 200)
  })
  .get('/units/:id/scores/change', validate('param', unitParam), validate('query', changeQuery), async (c) => {
    const { tenantId } = c.get('principal')
    const { baseFrom, baseTo, ...rest } = c.req.valid('query')
    const found = scoresOf(rest)
    const base = baseFrom === undefined ? previousPeriod(found.period) : periodOf({ from: baseFrom, to: baseTo ?? '' })
    return c.json(await scoreChange(c.get('services'), tenantId, c.req.valid('param').id, { ...found, base }), 200)
  })
  .get('/units/:id/scores/sensitivity', validate('param', unitParam), validate('query', scoresQuery), async (c) => {
    const { tenantId } = c.get('principal')
    const query = scoresOf(c.req.valid('query'))
    return c.json(await scoreSensitivity(c.get('services'), tenantId, c.req.valid('param').id, query), 200)
  })
  .get('/units/:id/scores/series', validate('param', unitParam), validate('query', seriesQuery), async (c) => {
    const { tenantId } = c.get('principal')
    const { index, node: asked = null, ...months } = c.req.valid('query')
    const query = { index, node: asked, period: periodOf(months) }
    return c.json(await scoreSeries(c.get('services'), tenantId, c.req.valid('param').id, query), 200)
  })
