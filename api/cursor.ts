import { z } from 'zod'
import { isAcceptedInstant } from './core/time/moment.ts'
import { AppError } from './errors.ts'

const DAY_MS = 86_400_000

/** `?limit=`: page size, 1–200. */
export const limitSchema = z.coerce.number().int().min(1).max(200).default(50)
/** `?cursor=`: opaque to the client. */
export const cursorSchema = z.string().max(200).optional()

/** `?since=`: a day, from its local beginning, or an instant. */
export const sinceSchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text.length === 10 ? `${text}T00:00:00+07:00` : text))
  .refine(isAcceptedInstant)
  .optional()

/**
 * `?until=`: a day, up to its local end, or an instant; what lies before it counts.
 * @returns the first moment that does not count any more
 */
export const untilSchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => (text.length === 10 ? new Date(Date.parse(`${text}T00:00:00+07:00`) + DAY_MS) : new Date(text)))
  .refine(isAcceptedInstant)
  .optional()

/** The cursor of a list in order of creation: when its last row was made, and that row's id. */
export const createdCursor = z.tuple([z.iso.datetime().refine((text) => isAcceptedInstant(new Date(text))), z.int()])

/** Packs the sort key of a page's last row. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return btoa(JSON.stringify(parts)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Unpacks a cursor of this shape. @throws AppError malformed_cursor */
export function decodeCursor<S extends z.ZodType>(cursor: string | undefined, shape: S): z.infer<S> | null {
  if (cursor === undefined || cursor === '') return null
  try {
    return shape.parse(JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch (error) {
    throw new AppError('malformed_cursor', [{ path: 'cursor', code: 'malformed_cursor' }], { cause: error })
  }
}

/** One page of at most `limit` of the `limit + 1` rows that were read, and the cursor of the next. */
export function page<R, V>(
  rows: R[],
  limit: number,
  view: (row: R) => V,
  key: (row: R) => (string | number)[],
): { items: V[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(view), next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null }
}
