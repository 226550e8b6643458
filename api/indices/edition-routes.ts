import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { isStorable } from '../core/text.ts'
import { cursorSchema, decodeCursor, encodeCursor, limitSchema } from '../cursor.ts'
import { validate } from '../validate.ts'
import { listAllEditions, showEdition } from './editions/read.ts'
import { changeEdition, copyEdition, moveEdition } from './editions/write.ts'
import { editionSchema, indexIdSchema } from './query.ts'

const editionParam = z.object({ index: indexIdSchema, edition: editionSchema })
const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })
const words = z.string().trim().min(1).max(200).refine(isStorable)
const copySchema = z.strictObject({
  from: z.strictObject({ id: indexIdSchema, edition: editionSchema }),
  id: indexIdSchema,
  edition: editionSchema,
  label: z.strictObject({ vi: words, en: words }).optional(),
})
const changeSchema = z.strictObject({
  basedOn: z.string().regex(/^[0-9a-f]{64}$/),
  definition: z.record(z.string(), z.unknown()),
})
/** An action without words is an empty JSON object: another site's form cannot send one. */
const actionSchema = z.strictObject({})

export const editionRoutes = new Hono<AppEnv>()
  .get('/indices', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const offset = decodeCursor(cursor, z.tuple([z.int().min(0).max(10_000)]))?.[0] ?? 0
    const { items, nextOffset } = await listAllEditions(c.get('services'), c.get('principal').tenantId, {
      offset,
      limit,
    })
    return c.json({ items, next: nextOffset === null ? null : encodeCursor([nextOffset]) }, 200)
  })
  .post('/indices', validate('json', copySchema), async (c) => {
    const { from, ...to } = c.req.valid('json')
    await copyEdition(c.get('services'), c.get('principal'), from, to)
    return c.json(await showEdition(c.get('services'), c.get('principal').tenantId, to), 201)
  })
  .get('/indices/:index/editions/:edition', validate('param', editionParam), async (c) => {
    const key = keyOf(c.req.valid('param'))
    return c.json(await showEdition(c.get('services'), c.get('principal').tenantId, key), 200)
  })
  .put(
    '/indices/:index/editions/:edition',
    validate('param', editionParam),
    validate('json', changeSchema),
    async (c) => {
      const key = keyOf(c.req.valid('param'))
      await changeEdition(c.get('services'), c.get('principal'), key, c.req.valid('json'))
      return c.json(await showEdition(c.get('services'), c.get('principal').tenantId, key), 200)
    },
  )
  .post(
    '/indices/:index/editions/:edition/publish',
    validate('param', editionParam),
    validate('json', actionSchema),
    async (c) => {
      const key = keyOf(c.req.valid('param'))
      await moveEdition(c.get('services'), c.get('principal'), key, 'publish')
      return c.json(await showEdition(c.get('services'), c.get('principal').tenantId, key), 200)
    },
  )
  .post(
    '/indices/:index/editions/:edition/retire',
    validate('param', editionParam),
    validate('json', actionSchema),
    async (c) => {
      const key = keyOf(c.req.valid('param'))
      await moveEdition(c.get('services'), c.get('principal'), key, 'retire')
      return c.json(await showEdition(c.get('services'), c.get('principal').tenantId, key), 200)
    },
  )
  .post(
    '/indices/:index/editions/:edition/discard',
    validate('param', editionParam),
    validate('json', actionSchema),
    async (c) => {
      await moveEdition(c.get('services'), c.get('principal'), keyOf(c.req.valid('param')), 'discard')
      return c.json({ discarded: true as const }, 200)
    },
  )

function keyOf({ index, edition }: { index: string; edition: string }) {
  return { id: index, edition }
}
