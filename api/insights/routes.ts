import { Hono } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app.ts'
import { cursorSchema, decodeCursor, encodeCursor, limitSchema } from '../cursor.ts'
import { periodQuery, unitParam } from '../indices/query.ts'
import { periodOf } from '../indices/scope.ts'
import { validate } from '../validate.ts'
import { unitWeakSpots } from './weak-spots.ts'

export const weakSpotQuery = z.strictObject({
  ...periodQuery.shape,
  compare: z.enum(['previous', 'province', 'peers']).default('province'),
  cursor: cursorSchema,
  limit: limitSchema,
})

export const insightRoutes = new Hono<AppEnv>().get(
  '/units/:id/weak-spots',
  validate('param', unitParam),
  validate('query', weakSpotQuery),
  async (c) => {
    const { compare, cursor, limit, ...span } = c.req.valid('query')
    // the list is computed anew from live counts, so a cursor is a place in it
    const offset = decodeCursor(cursor, z.tuple([z.int().min(0).max(100_000)]))?.[0] ?? 0
    const { nextOffset, ...found } = await unitWeakSpots(
      c.get('services'),
      c.get('principal').tenantId,
      c.req.valid('param').id,
      {
        period: periodOf(span),
        compare,
        offset,
        limit,
      },
    )
    return c.json({ ...found, next: nextOffset === null ? null : encodeCursor([nextOffset]) }, 200)
  },
)
