import { Hono } from 'hono'
import { z } from 'zod'
import { listDossierChanges, listImportRuns } from '../../db/queries/dossiers.ts'
import type { AppEnv } from '../app.ts'
import { ISOLATE_LIMITS } from '../core/dossier/read/open.ts'
import { cursorSchema, decodeCursor, limitSchema, page } from '../cursor.ts'
import { validate } from '../validate.ts'
import { readBody } from './body.ts'
import { eventSchema, eventTypeSchema, putEvent } from './event.ts'
import { importDossiers } from './import.ts'

const listQuery = z.strictObject({ cursor: cursorSchema, limit: limitSchema })
const eventParam = z.object({
  code: z.string().max(64),
  type: eventTypeSchema,
  n: z.coerce.number().int().min(1).max(99),
})
const before = (cursor: string | undefined) => decodeCursor(cursor, z.tuple([z.int()]))?.[0] ?? null

export const dossierRoutes = new Hono<AppEnv>()
  .post('/dossiers/import', async (c) => {
    const body = await readBody(c.req.raw)
    return c.json(await importDossiers(c.get('services'), c.get('principal'), body, ISOLATE_LIMITS), 200)
  })
  .put('/dossiers/:code/events/:type/:n', validate('param', eventParam), validate('json', eventSchema), async (c) => {
    const stored = await putEvent(c.get('services'), c.get('principal'), {
      ...c.req.valid('param'),
      body: c.req.valid('json'),
    })
    return stored.state === 'created' ? c.json(stored, 201) : c.json(stored, 200)
  })
  .get('/imports', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const { tenantId } = c.get('principal')
    const rows = await c
      .get('services')
      .db.withTenant(tenantId, (trx) => listImportRuns(trx, tenantId, { before: before(cursor), limit: limit + 1 }))
    const view = ({ tenant_id: _tenant, actor: _actor, at, ...shown }: (typeof rows)[number]) => ({
      at: at.toISOString(),
      ...shown,
    })
    return c.json(
      page(rows, limit, view, (row) => [row.id]),
      200,
    )
  })
  .get('/dossiers/changes', validate('query', listQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const { tenantId } = c.get('principal')
    const rows = await c
      .get('services')
      .db.withTenant(tenantId, (trx) => listDossierChanges(trx, tenantId, { before: before(cursor), limit: limit + 1 }))
    const view = (row: (typeof rows)[number]) => ({
      id: row.id,
      at: row.at.toISOString(),
      by: row.by,
      dossier: row.code,
      field: row.field,
      old: row.old_value,
      new: row.new_value,
    })
    return c.json(
      page(rows, limit, view, (row) => [row.id]),
      200,
    )
  })
