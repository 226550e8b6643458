import { Hono } from 'hono'
import { z } from 'zod'
import { listUnits } from '../../db/queries/units.ts'
import type { AppEnv } from '../app.ts'
import { isStorable } from '../core/text.ts'
import { cursorSchema, decodeCursor, limitSchema, page } from '../cursor.ts'
import { validate } from '../validate.ts'

const listQuery = z.strictObject({
  q: z.string().max(100).refine(isStorable).optional(),
  kind: z.enum(['province', 'department', 'commune', 'one_stop', 'centre', 'district']).optional(),
  cursor: cursorSchema,
  limit: limitSchema,
})

export const unitRoutes = new Hono<AppEnv>().get('/units', validate('query', listQuery), async (c) => {
  const { q, kind, cursor, limit } = c.req.valid('query')
  const after = decodeCursor(cursor, z.tuple([z.int32()]))?.[0] ?? null
  const { tenantId } = c.get('principal')
  const rows = await c
    .get('services')
    .db.withTenant(tenantId, (trx) =>
      listUnits(trx, tenantId, { q: q?.normalize('NFC') || null, kind: kind ?? null, after, limit: limit + 1 }),
    )
  const view = (row: (typeof rows)[number]) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    parentId: row.parent_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  })
  return c.json(
    page(rows, limit, view, (row) => [row.id]),
    200,
  )
})
