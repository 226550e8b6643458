import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { cursorSchema, decodeCursor, encodeCursor, limitSchema, page } from '../cursor.ts'
import { WITHDRAW_REASONS } from '../core/publication/state.ts'
import { periodQuery, unitParam } from '../indices/query.ts'
import { periodOf } from '../indices/scope.ts'
import { validate } from '../validate.ts'
import { publishRun, withdrawRun } from './move.ts'
import { prepareRun } from './prepare.ts'
import { PUBLIC_CACHE, publicUnit, publicUnits } from './public.ts'
import { rerun } from './rerun.ts'
import { readRuns, reviewRun, runView } from './runs.ts'

const runParam = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })
const reviewQuery = z.strictObject({ ...listQuery.shape, show: z.enum(['all', 'changed']).default('all') })
/** An action without words is an empty JSON object: another site's form cannot send one. */
const actionSchema = z.strictObject({})
const withdrawSchema = z.strictObject({ reason: z.enum(WITHDRAW_REASONS) })
const runQuery = z.strictObject({
  run: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  runsFrom: z.coerce.number().int().min(0).max(1_000_000).optional(),
})
const unitsQuery = z.strictObject({ ...runQuery.shape, ...listQuery.shape })
const offsetOf = (cursor: string | undefined) =>
  decodeCursor(cursor, z.tuple([z.int().min(0).max(10_000_000)]))?.[0] ?? 0
const nextOf = (offset: number | null) => (offset === null ? null : encodeCursor([offset]))

export const publicationRoutes = new Hono<AppEnv>()
  .post('/runs', validate('json', periodQuery), async (c) => {
    const { tenantId } = c.get('principal')
    const id = await prepareRun(c.get('services'), c.get('principal'), periodOf(c.req.valid('json')))
    const { run } = await reviewRun(c.get('services'), tenantId, id, { offset: 0, limit: 1, show: 'all' })
    return c.json(run, 201)
  })
  .get('/runs', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const before = decodeCursor(cursor, z.tuple([z.int()]))?.[0] ?? null
    const rows = await readRuns(c.get('services'), c.get('principal').tenantId, { before, limit: limit + 1 })
    return c.json(
      page(rows, limit, runView, (row) => [row.id]),
      200,
    )
  })
  .get('/runs/:id', validate('param', runParam), validate('query', reviewQuery), async (c) => {
    const { cursor, limit, show } = c.req.valid('query')
    const { nextOffset, ...found } = await reviewRun(
      c.get('services'),
      c.get('principal').tenantId,
      c.req.valid('param').id,
      { offset: offsetOf(cursor), limit, show },
    )
    return c.json({ ...found, next: nextOf(nextOffset) }, 200)
  })
  .post('/runs/:id/publish', validate('param', runParam), validate('json', actionSchema), async (c) => {
    const { id } = c.req.valid('param')
    await publishRun(c.get('services'), c.get('principal'), id)
    const { run } = await reviewRun(c.get('services'), c.get('principal').tenantId, id, FIRST)
    return c.json(run, 200)
  })
  .post('/runs/:id/withdraw', validate('param', runParam), validate('json', withdrawSchema), async (c) => {
    const { id } = c.req.valid('param')
    await withdrawRun(c.get('services'), c.get('principal'), id, c.req.valid('json').reason)
    const { run } = await reviewRun(c.get('services'), c.get('principal').tenantId, id, FIRST)
    return c.json(run, 200)
  })
  .post('/runs/:id/rerun', validate('param', runParam), validate('json', actionSchema), async (c) =>
    c.json(await rerun(c.get('services'), c.get('principal').tenantId, c.req.valid('param').id), 200),
  )
  .get('/public/units', validate('query', unitsQuery), async (c) => {
    const { cursor, limit, ...asked } = c.req.valid('query')
    const offset = offsetOf(cursor)
    const found = await publicUnits(c.get('services'), asked)
    c.header('Cache-Control', PUBLIC_CACHE)
    if (found === null)
      return c.json(
        { sample: false, run: null, replacedBy: null, runs: [], nextRuns: null, items: [], next: null },
        200,
      )
    const { units, ...head } = found
    const next = offset + limit < units.length ? offset + limit : null
    return c.json({ ...head, items: units.slice(offset, offset + limit), next: nextOf(next) }, 200)
  })
  .get('/public/units/:id', validate('param', unitParam), validate('query', runQuery), async (c) => {
    const found = await publicUnit(c.get('services'), c.req.valid('param').id, c.req.valid('query'))
    c.header('Cache-Control', PUBLIC_CACHE)
    return c.json(found, 200)
  })

const FIRST = { offset: 0, limit: 1, show: 'all' } as const
