import { wholeOf } from '../core/dossier/read/record.ts'
import { AppError } from '../errors.ts'
import { MAX_LIST_BYTES } from '../middleware/body.ts'

const TYPES =
  /^(text\/csv|text\/plain|application\/csv|application\/vnd\.ms-excel|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet|application\/octet-stream)\b/i

/**
 * The raw bytes of a list. What it is, is told by its first bytes; the media type only has to be one that lists come with.
 * @param options.json takes JSON as well
 * @throws AppError unsupported_media_type | too_large
 */
export async function readBody(
  request: Request,
  { bytesMax = MAX_LIST_BYTES, json = false }: { bytesMax?: number; json?: boolean } = {},
): Promise<Uint8Array> {
  const type = request.headers.get('content-type')
  const isKnown = type === null || TYPES.test(type) || (json && /^application\/json\b/i.test(type))
  if (!isKnown) throw new AppError('unsupported_media_type')
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw new AppError('too_large')
  return wholeOf(request.body ?? new Uint8Array(), bytesMax, () => new AppError('too_large'))
}
