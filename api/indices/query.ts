import { z } from 'zod'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** `/units/{id}/…` */
export const unitParam = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })
/** `?from=YYYY-MM&to=YYYY-MM`, a whole month, quarter or year. */
export const periodQuery = z.strictObject({ from: month, to: month })
/** The id of an index definition. */
export const indexIdSchema = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/)
/** Which version of it: `2021+`, `2019–2020`, `1`. */
export const editionSchema = z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._+–-]{0,62}[\p{L}\p{N}+])?$/u)
