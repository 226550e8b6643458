import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { listProcedures } from '../../db/queries/walk-ins.ts'
import type { AppEnv } from '../app.ts'
import { SLIP_FORMATS, type SlipFormat } from '../core/slip/paper.ts'
import { cursorSchema, decodeCursor, limitSchema, page, sinceSchema } from '../cursor.ts'
import { validate } from '../validate.ts'
import { dossierSlip, dossierSlips, walkInSlip, type Printing } from './slips.ts'
import { createWalkIn, walkInSchema } from './walk-in.ts'

const noNul = (text: string) => !text.includes('\u0000')
const flag = z.enum(['0', '1']).transform((text) => text === '1')
const format = z.enum(SLIP_FORMATS)
const oneQuery = z.strictObject({ format: format.default('receipt80'), stub: flag.optional() })
const listQuery = z.strictObject({
  since: sinceSchema,
  event: z.enum(['received', 'supplement_requested', 'refused', 'returned', 'withdrawn']).optional(),
  unit: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  format: format.default('a4'),
  stub: flag.optional(),
  cursor: cursorSchema,
  limit: limitSchema,
})
const procedureQuery = z.strictObject({
  q: z.string().max(100).refine(noNul).optional(),
  cursor: cursorSchema,
  limit: limitSchema,
})
const codeParam = z.object({ code: z.string().max(64).refine(noNul) })
const idParam = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) })

export const slipRoutes = new Hono<AppEnv>()
  .get('/slips', validate('query', listQuery), async (c) => {
    const { since, event, unit, format, stub, cursor, limit } = c.req.valid('query')
    const { html, count, next } = await dossierSlips(
      c.get('services'),
      c.get('principal').tenantId,
      { since: since ?? null, events: event ? [event] : ['returned', 'refused'], unitId: unit ?? null, cursor, limit },
      printing(c, format, stub ?? true),
    )
    c.header('Slip-Count', String(count))
    if (next !== null) {
      const query = new URLSearchParams(c.req.query())
      query.set('cursor', next)
      c.header('Link', `</api/slips?${query}>; rel="next"`)
    }
    return c.html(html, 200)
  })
  .get('/dossiers/:code/slip', validate('param', codeParam), validate('query', oneQuery), async (c) => {
    const { format, stub } = c.req.valid('query')
    const { code } = c.req.valid('param')
    const { tenantId } = c.get('principal')
    return c.html(await dossierSlip(c.get('services'), tenantId, code, printing(c, format, stub ?? false)), 200)
  })
  .post('/walk-ins', validate('json', walkInSchema), async (c) => {
    const { created, ...walkIn } = await createWalkIn(c.get('services'), c.get('principal'), c.req.valid('json'))
    return created ? c.json(walkIn, 201) : c.json(walkIn, 200)
  })
  .get('/walk-ins/:id/slip', validate('param', idParam), validate('query', oneQuery), async (c) => {
    const { format, stub } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const { tenantId } = c.get('principal')
    return c.html(await walkInSlip(c.get('services'), tenantId, id, printing(c, format, stub ?? false)), 200)
  })
  .get('/procedures', validate('query', procedureQuery), async (c) => {
    const { q, cursor, limit } = c.req.valid('query')
    const after = decodeCursor(cursor, z.tuple([z.string().max(64).refine(noNul)]))?.[0] ?? ''
    const { tenantId } = c.get('principal')
    const rows = await c
      .get('services')
      .db.withTenant(tenantId, (trx) =>
        listProcedures(trx, tenantId, { q: q?.normalize('NFC') || null, after, limit: limit + 1 }),
      )
    return c.json(
      page(
        rows,
        limit,
        (row) => row,
        (row) => [row.code],
      ),
      200,
    )
  })

/** Slips lead to the address that the province has published, or to where they were asked for. */
function printing(c: Context<AppEnv>, format: SlipFormat, stub: boolean): Printing {
  return { format, stub, origin: c.get('services').publicUrl ?? new URL(c.req.url).origin }
}
