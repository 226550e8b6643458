import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { listProcedures } from '../../db/queries/walk-ins.ts'
import type { AppEnv } from '../app.ts'
import { isStorable } from '../core/text.ts'
import { SLIP_FORMATS, type SlipFormat } from '../core/slip/paper.ts'
import { cursorSchema, decodeCursor, limitSchema, page, sinceSchema, untilSchema } from '../cursor.ts'
import { validate } from '../validate.ts'
import { chosenSlips, dossierSlip, dossierSlips, listSlips, walkInSlip, type Printing } from './slips.ts'
import { createWalkIn, walkInSchema } from './walk-in.ts'

const flag = z.enum(['0', '1']).transform((text) => text === '1')
const format = z.enum(SLIP_FORMATS)
const oneQuery = z.strictObject({ format: format.default('receipt80'), stub: flag.optional() })
const waitingFields = {
  since: sinceSchema,
  until: untilSchema,
  event: z.enum(['received', 'supplement_requested', 'refused', 'returned', 'withdrawn']).optional(),
  unit: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  cursor: cursorSchema,
  limit: limitSchema,
}
/** Of slips that are printed or listed: all that wait in a time. */
const waitingQuery = z.strictObject(waitingFields).refine(endsAfterBeginning, { path: ['until'] })
/** As many asks as a page of the list holds. */
const asks = z
  .string()
  .regex(/^[1-9]\d{0,14}(,[1-9]\d{0,14}){0,199}$/)
  .transform((text) => [...new Set(text.split(',').map(Number))])
const printQuery = z
  .strictObject({ ...waitingFields, ask: asks.optional(), format: format.default('a4'), stub: flag.optional() })
  .refine(endsAfterBeginning, { path: ['until'] })
  // which of both was meant is not guessed
  .refine(({ ask, since, until, event, unit, cursor }) => !ask || !(since || until || event || unit || cursor), {
    path: ['ask'],
  })
const procedureQuery = z.strictObject({
  q: z.string().max(100).refine(isStorable).optional(),
  cursor: cursorSchema,
  limit: limitSchema,
})
const codeParam = z.object({ code: z.string().max(64).refine(isStorable) })
const idParam = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) })

export const slipRoutes = new Hono<AppEnv>()
  .get('/slips', validate('query', printQuery), async (c) => {
    const { ask, format, stub, ...query } = c.req.valid('query')
    const { tenantId } = c.get('principal')
    const paper = printing(c, format, stub ?? true)
    const { html, count, next } = ask
      ? { ...(await chosenSlips(c.get('services'), tenantId, ask, paper)), next: null }
      : await dossierSlips(c.get('services'), tenantId, waitingOf(query), paper)
    c.header('Slip-Count', String(count))
    if (next !== null) {
      const query = new URLSearchParams(c.req.query())
      query.set('cursor', next)
      c.header('Link', `</api/slips?${query}>; rel="next"`)
    }
    return c.html(html, 200)
  })
  .get('/slips/waiting', validate('query', waitingQuery), async (c) => {
    const { tenantId } = c.get('principal')
    return c.json(await listSlips(c.get('services'), tenantId, waitingOf(c.req.valid('query'))), 200)
  })
  .get('/dossiers/:code/slip', validate('param', codeParam), validate('query', oneQuery), async (c) => {
    const { format, stub } = c.req.valid('query')
    const { code } = c.req.valid('param')
    const { tenantId } = c.get('principal')
    const { html } = await dossierSlip(c.get('services'), tenantId, code, printing(c, format, stub ?? false))
    return c.html(html, 200)
  })
  .post('/walk-ins', validate('json', walkInSchema), async (c) => {
    const { created, ...walkIn } = await createWalkIn(c.get('services'), c.get('principal'), c.req.valid('json'))
    return created ? c.json(walkIn, 201) : c.json(walkIn, 200)
  })
  .get('/walk-ins/:id/slip', validate('param', idParam), validate('query', oneQuery), async (c) => {
    const { format, stub } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const { tenantId } = c.get('principal')
    const { html } = await walkInSlip(c.get('services'), tenantId, id, printing(c, format, stub ?? false))
    return c.html(html, 200)
  })
  .get('/procedures', validate('query', procedureQuery), async (c) => {
    const { q, cursor, limit } = c.req.valid('query')
    const after = decodeCursor(cursor, z.tuple([z.string().max(64).refine(isStorable)]))?.[0] ?? ''
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

function endsAfterBeginning({ since, until }: { since?: Date | undefined; until?: Date | undefined }): boolean {
  return !since || !until || since < until
}

/** A query as the use cases take it; of events, results and refusals unless one kind is named. */
function waitingOf({ since, until, event, unit, cursor, limit }: z.output<typeof waitingQuery>) {
  const events = event ? [event] : (['returned', 'refused'] as const)
  return { since: since ?? null, before: until ?? null, events, unitId: unit ?? null, cursor, limit }
}

/** Slips lead to the address that the province has published, or to where they were asked for. */
function printing(c: Context<AppEnv>, format: SlipFormat, stub: boolean): Printing {
  return { format, stub, origin: c.get('services').publicUrl ?? new URL(c.req.url).origin }
}
