import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { isConnectionFault } from '../db/connection-fault.ts'
import { accountRoutes } from './accounts/routes.ts'
import type { Principal } from './accounts/principal.ts'
import { campaignRoutes } from './campaigns/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { dossierRoutes } from './dossiers/routes.ts'
import { AppError, problem, STATUS_OF, type ErrorCode } from './errors.ts'
import { faultOf } from './fault.ts'
import { healthRoutes } from './health.ts'
import { insightRoutes } from './insights/routes.ts'
import { editionRoutes } from './indices/edition-routes.ts'
import { indexRoutes } from './indices/routes.ts'
import { scoreRoutes } from './indices/score-routes.ts'
import { interviewRoutes } from './interviews/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { metricsRoutes } from './metrics.ts'
import { authorise } from './middleware/authorise.ts'
import { smallJson } from './middleware/body.ts'
import { officialRoutes } from './official/routes.ts'
import { openApiRoutes } from './openapi.ts'
import { paperRoutes } from './paper/routes.ts'
import { problemPage, publicPageRoutes } from './publications/page-routes.ts'
import { publicationRoutes } from './publications/routes.ts'
import { questionnaireRoutes } from './questionnaires/routes.ts'
import { responseRoutes } from './responses/routes.ts'
import type { Services } from './services.ts'
import { resultRoutes } from './results/routes.ts'
import { slipRoutes } from './slips/routes.ts'
import { surveyRoutes } from './surveys/routes.ts'
import { unitRoutes } from './units/routes.ts'

export interface AppEnv {
  Variables: { services: Services; principal: Principal; requestId: string }
}

const POLICY = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }
/** Only slips, letters and paper forms, which are pages for printing, bring a style of their own. */
const styleSource = (c: Context) => (/\/(slips?|letters|paper-form)$/.test(c.req.path) ? "'unsafe-inline'" : "'none'")
/** Public pages: one style sheet of ours, and nothing else. */
const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  frameAncestors: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ['data:'],
  baseUri: ["'none'"],
  formAction: ["'none'"],
}
/** Seconds after which the shortest of the limits has passed, for those that do not say theirs. */
const RETRY_AFTER_S = 60

/** The application behind both front doors. @param servicesOf gives the services of a request (Workers) or of the process (Node) */
export function createApp(servicesOf: (bindings: unknown) => Services) {
  const app = new Hono<AppEnv>()
  app.use('/api/*', requestId({ limitLength: 64 }))
  app.use('/api/*', secureHeaders({ contentSecurityPolicy: { ...POLICY, styleSrc: [styleSource] } }))
  app.use('/api/*', async function services(c, next) {
    c.set('services', servicesOf(c.env))
    c.header('Cache-Control', 'no-store')
    await next()
  })
  app.use('/api/*', authorise())
  app.use('/api/*', smallJson())
  app.use('/cong-khai/*', secureHeaders({ contentSecurityPolicy: PAGE_POLICY, xFrameOptions: 'DENY' }))
  app.use('/cong-khai/*', async function services(c, next) {
    c.set('services', servicesOf(c.env))
    await next()
  })
  app.use('/cong-khai/*', authorise())
  app.onError((error, c) => {
    const code = codeOf(error)
    const services = c.get('services') as Services | undefined
    const id = (c.get('requestId') as string | undefined) ?? ''
    if (code === 'internal' || code === 'unavailable')
      services?.log({ level: 'error', event: code, requestId: id, ...faultOf(error) })
    if (code === 'rate_limited')
      c.header('Retry-After', String((error instanceof AppError ? error.retryAfterS : null) ?? RETRY_AFTER_S))
    if (c.req.path.startsWith('/cong-khai')) return problemPage(c, code, pageStatus(STATUS_OF[code]))
    const issues = error instanceof AppError ? error.issues : []
    return c.json(problem(code, id, issues), STATUS_OF[code], { 'Content-Type': 'application/problem+json' })
  })
  app.notFound((c) =>
    c.json(problem('not_found', c.get('requestId') ?? ''), 404, { 'Content-Type': 'application/problem+json' }),
  )
  return app
    .route('/api', healthRoutes)
    .route('/api', metricsRoutes)
    .route(
      '/api',
      openApiRoutes(() => app.routes),
    )
    .route('/api', accountRoutes)
    .route('/api', unitRoutes)
    .route('/api', dossierRoutes)
    .route('/api', invitationRoutes)
    .route('/api', responseRoutes)
    .route('/api', surveyRoutes)
    .route('/api', slipRoutes)
    .route('/api', questionnaireRoutes)
    .route('/api', campaignRoutes)
    .route('/api', resultRoutes)
    .route('/api', exportRoutes)
    .route('/api', paperRoutes)
    .route('/api', interviewRoutes)
    .route('/api', indexRoutes)
    .route('/api', editionRoutes)
    .route('/api', scoreRoutes)
    .route('/api', officialRoutes)
    .route('/api', insightRoutes)
    .route('/api', publicationRoutes)
    .route('/', publicPageRoutes)
}
export type AppType = ReturnType<typeof createApp>

function pageStatus(status: number): 404 | 405 | 500 | 503 {
  return status === 404 || status === 405 || status === 503 ? status : 500
}

function codeOf(error: Error): ErrorCode {
  if (error instanceof AppError) return error.code
  if (error instanceof HTTPException)
    return error.status === 400 ? 'malformed_json' : error.status === 413 ? 'too_large' : 'internal'
  return isConnectionFault(error) ? 'unavailable' : 'internal'
}
