import { quietPort } from './port.ts'
import { type Ending, startChild, untilAnswers } from './child.ts'
import { testSettings } from './settings.ts'

/** An instance of the application behind its Node front door. */
export interface NodeServer {
  readonly url: string
  readonly pid: number
  /** Everything it has written so far. */
  output(): string
  /** How it ended, or null while it runs. */
  ending(): Ending | null
  /** Ends it in order (SIGTERM) and waits. */
  stop(): Promise<void>
  /** Ends it as a crash does (SIGKILL) and waits. */
  kill(): Promise<void>
}

/**
 * Starts `api/server.ts` in a process of its own and waits until it is healthy.
 *
 * @param options.url the application's role at a migrated database
 * @param options.ownerUrl given when the server is to migrate
 * @param options.port to start again where a killed one was; default: a free one
 */
export async function startNodeServer(options: {
  readonly url: string
  readonly ownerUrl?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}): Promise<NodeServer> {
  const port = options.port ?? (await quietPort())
  const url = `http://127.0.0.1:${port}`
  const child = startChild(process.execPath, ['api/server.ts'], {
    env: {
      ...testSettings,
      DATABASE_URL: options.url,
      ...(options.ownerUrl === undefined ? {} : { MIGRATE_DATABASE_URL: options.ownerUrl }),
      PORT: String(port),
      ...options.env,
    },
  })
  let ending: Ending | null = null
  void child.ended.then((value) => (ending = value))
  try {
    await untilAnswers(`${url}/api/health`, child)
  } catch (error) {
    await child.killGroup()
    throw error
  }
  return {
    url,
    pid: child.pid,
    output: child.output,
    ending: () => ending,
    stop: async () => void (await child.end('SIGTERM')),
    kill: async () => void (await child.end('SIGKILL')),
  }
}
