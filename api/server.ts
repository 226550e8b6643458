import { join, resolve } from 'node:path'
import { dataDirectory } from '../db/data-dir.ts'
import { createDatabase } from '../db/client.ts'
import { storeAnswers, type AnswerWrite } from '../db/queries/submissions.ts'
import { storeSurveyAnswers, type SurveyWrite } from '../db/queries/survey-answers.ts'
import { StartupError } from '../db/startup-error.ts'
import { createApp } from './app.ts'
import { callOf } from './cli/call.ts'
import { createMetrics } from './core/metrics/metrics.ts'
import { faultOf } from './fault.ts'
import { bootstrap, sampleAccess } from './node/bootstrap.ts'
import { isBrokenConnection } from './node/broken-connection.ts'
import { openDatabase } from './node/database.ts'
import { startJobs } from './node/jobs.ts'
import { listen } from './node/listen.ts'
import { createLog, type Log } from './node/log.ts'
import { observe } from './node/observe.ts'
import { readServerSettings } from './node/server-settings.ts'
import { readSettings } from './node/settings.ts'
import { writeTogether } from './responses/write-together.ts'
import { createServices } from './services.ts'

const repositoryRoot = resolve(import.meta.dirname, '..')

/** Front door 2: Node, in the province's own data centre or on a laptop. Runs until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const { HOST, PORT, TRUST_PROXY, DB_CONNECTIONS } = readServerSettings(process.env)
  const dataDir = dataDirectory()
  const settings = readSettings(process.env, dataDir)
  const { log, flush } = createLog(process.env)
  process.on('exit', flush)
  const metrics = createMetrics()
  const door = await listen({
    host: HOST,
    port: PORT,
    trustProxy: TRUST_PROXY,
    onRequest: (request, response) => observe(request, response, { log, metrics }),
  })
  const undo: (() => Promise<unknown>)[] = [() => door.close()]
  const stop = stopper(undo)
  try {
    const database = await openDatabase(process.env)
    undo.unshift(() => database.stop())
    const db = createDatabase(database.url, { max: DB_CONNECTIONS })
    undo.unshift(() => db.close())
    process.on(
      'uncaughtException',
      surviveBrokenConnection(() => db.renew(), log),
    )
    const counted = <Result extends Map<string, unknown>>(written: Result): Result => {
      metrics.answers(written.size)
      return written
    }
    const services = createServices(db, settings, {
      writeAnswer: writeTogether(async (prefix, batch: AnswerWrite[]) =>
        counted(await storeAnswers(db.send, prefix, batch)),
      ),
      writeSurveyAnswer: writeTogether(async (prefix, batch: SurveyWrite[]) =>
        counted(await storeSurveyAnswers(db.send, prefix, batch)),
      ),
      log,
      metrics,
    })
    const fresh = await bootstrap(database, services, (line) => void process.stderr.write(`${line}\n`))
    const access = await sampleAccess(services, dataDir)
    undo.unshift(startJobs(services, { now: fresh ? ['indices'] : [], url: database.url }))
    undo.unshift(() => door.close())
    door.open(
      createApp(() => services),
      { dist: join(repositoryRoot, 'dist', 'client'), citizenOnly: services.surface === 'citizen' },
    )
    announce(door.origin, access)
  } catch (error) {
    await stop(error instanceof StartupError ? 2 : 1, false)
    throw error
  }
}

function announce(origin: string, access: Awaited<ReturnType<typeof sampleAccess>>): void {
  const lines = [`Lắng Nghe is ready.`, `  Office:  ${origin}/`, `  Health:  ${origin}/api/health`]
  if (access) {
    lines.push(
      `  Sample data (dữ liệu mẫu) is loaded; remove it with: ${callOf(process.env)} sample remove`,
      `  Rate:    ${origin}/r/${access.token}`,
      `  Sign-in: ${access.email}  password: ${access.password}`,
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Goes on after a lost connection; every other error that nobody caught ends the process. */
function surviveBrokenConnection(renew: () => void, log: Log['log']): (error: unknown) => void {
  return (error) => {
    if (isBrokenConnection(error)) return renew()
    log({ level: 'error', event: 'crashed', ...(error instanceof Error ? faultOf(error) : {}) })
    process.exit(1)
  }
}

/** Stops what was started, last first, once; a signal during start-up stops as well. */
function stopper(undo: (() => Promise<unknown>)[]): (exitCode: number, exit?: boolean) => Promise<void> {
  let stopping: Promise<void> | null = null
  const stop = (exitCode: number, exit = true): Promise<void> => {
    stopping ??= (async () => {
      for (const step of undo.splice(0)) await step().catch(() => undefined)
      process.exitCode = exitCode
      if (exit) process.exit(exitCode)
    })()
    return stopping
  }
  process.on('SIGTERM', () => void stop(0))
  process.on('SIGINT', () => void stop(0))
  return stop
}

main().catch((error: unknown) => {
  const line =
    error instanceof StartupError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  process.stderr.write(`${line}\n`)
  process.exit(error instanceof StartupError ? 2 : 1)
})
