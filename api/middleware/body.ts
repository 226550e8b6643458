import { bodyLimit } from 'hono/body-limit'
import type { Context, Next } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../app.ts'
import { AppError } from '../errors.ts'

const MAX_BYTES = 32 * 1024
/**
 * A whole index definition or questionnaire, a tablet's interviews of days, a campaign with an allocation for each stratum, or
 * margins of hundreds of classes: the largest have less than a quarter of this.
 */
export const MAX_DEFINITION_BYTES = 1024 * 1024
/** Every answer to a long survey; in words up to 2,000 letters each. */
const MAX_ANSWERS_BYTES = 128 * 1024
const DEFINITION =
  /^\/api\/(indices\/[^/]+\/editions\/[^/]+|questionnaires\/[^/]+\/\d+|campaigns(\/\d+(\/weights)?)?|interviews)$/
/** From the respondent's page, or typed from paper. */
const ANSWERS = /^\/api\/(survey-answers|campaigns\/\d+\/paper\/\d+\/([12]|merge))$/
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i
/** A list of dossiers, results or a frame: larger ones come by the command line. */
export const MAX_LIST_BYTES = 20 * 1024 * 1024
/** Take whole lists and limit them by themselves, none to more than `MAX_LIST_BYTES`. */
const LISTS = /^\/api\/(dossiers\/import|official-results|hard-figures|questionnaires\/import|campaigns\/\d+\/frame)$/
/** better-auth's own; it looks at the media type by itself. */
const SIGN_IN = '/api/auth/'

/** The most bytes that the body of a change at this path may have; a proxy in front must let as many through. */
export function bytesAllowed(path: string): number {
  if (LISTS.test(path)) return MAX_LIST_BYTES
  if (ANSWERS.test(path)) return MAX_ANSWERS_BYTES
  return DEFINITION.test(path) ? MAX_DEFINITION_BYTES : MAX_BYTES
}

/** A length that was told is the most that is read. Only to count what was not told must the body become a stream, which costs much. */
async function limited(c: Context<AppEnv>, next: Next, maxSize: number): Promise<Response | void> {
  const onError = (): never => {
    throw new AppError('too_large')
  }
  const told = c.req.header('transfer-encoding') === undefined ? c.req.header('content-length') : undefined
  if (told === undefined) return bodyLimit({ maxSize, onError })(c, next)
  return Number(told) > maxSize ? onError() : next()
}

/** Bodies are JSON and small, save for lists. A form of another site cannot send JSON without asking the browser first. */
export const smallJson = () =>
  createMiddleware<AppEnv>(async function smallJson(c, next) {
    const { method, path } = c.req
    if (method === 'GET' || method === 'HEAD' || LISTS.test(path)) return next()
    if (!path.startsWith(SIGN_IN) && !JSON_TYPE.test(c.req.header('content-type') ?? ''))
      throw new AppError('unsupported_media_type')
    return limited(c, next, bytesAllowed(path))
  })
