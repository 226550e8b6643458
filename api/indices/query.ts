import { z } from 'zod'

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** `/units/{id}/…` */
export const unitParam = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })
/** `?from=YYYY-MM&to=YYYY-MM`, a whole month, quarter or year. */
export const periodQuery = z.strictObject({ from: month, to: month })
