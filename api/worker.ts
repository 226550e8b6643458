import { createDatabase } from '../db/client.ts'
import { createApp } from './app.ts'
import { settingsSchema } from './env.ts'
import { runJob } from './jobs/run.ts'
import { isApplicationPath, pageResponse } from './pages.ts'
import { rememberInstruments } from './responses/instruments.ts'
import { rememberQuestionnaires } from './surveys/questionnaires.ts'
import { createServices, type Services } from './services.ts'

/** Bindings of wrangler.toml, and the two secrets set with `wrangler secret put`. */
interface Bindings {
  DB: { connectionString: string }
  ASSETS: { fetch: (request: Request) => Promise<Response> }
  SURFACE?: string
  PUBLIC_URL?: string
  TOKEN_KEYS: string
  AUTH_SECRET: string
  CONTACT_KEYS?: string
  METRICS_TOKEN?: string
}
interface Execution {
  waitUntil: (work: Promise<unknown>) => void
}

// Workers allow six open connections; nothing of a request outlives it, so each has a client of its own.
const MAX_CONNECTIONS = 5
// Published versions never change, so an isolate, which has one database, reads each once.
const findInstrument = rememberInstruments()
const findQuestionnaire = rememberQuestionnaires()

function servicesOf(bindings: Bindings): Services {
  return createServices(
    createDatabase(bindings.DB.connectionString, { max: MAX_CONNECTIONS }),
    settingsSchema.parse({
      SURFACE: bindings.SURFACE || undefined,
      PUBLIC_URL: bindings.PUBLIC_URL || undefined,
      TOKEN_KEYS: bindings.TOKEN_KEYS,
      AUTH_SECRET: bindings.AUTH_SECRET,
      CONTACT_KEYS: bindings.CONTACT_KEYS || undefined,
      METRICS_TOKEN: bindings.METRICS_TOKEN || undefined,
    }),
    { findInstrument, findQuestionnaire },
  )
}

const app = createApp((bindings) => servicesOf(bindings as Bindings))

/** Front door 1: Cloudflare Workers and workerd. */
export default {
  async fetch(request: Request, bindings: Bindings, execution: Execution): Promise<Response> {
    if (isApplicationPath(new URL(request.url).pathname)) return app.fetch(request, bindings, execution as never)
    return pageResponse(request, bindings.SURFACE === 'citizen', (asset) => bindings.ASSETS.fetch(asset))
  },
  async scheduled(_event: unknown, bindings: Bindings, execution: Execution): Promise<void> {
    const services = servicesOf(bindings)
    execution.waitUntil(
      (async () => {
        await runJob(services, 'tally')
        await runJob(services, 'cut-links')
        await runJob(services, 'campaigns')
        await services.db.close()
      })(),
    )
  },
}
