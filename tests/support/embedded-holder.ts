import { startEmbedded } from '../../db/embedded.ts'
import { StartupError } from '../../db/startup-error.ts'

/**
 * A program that owns an embedded database, as the server does: `node embedded-holder.ts <data directory>`. Says
 * `ready <urls as JSON>` and serves until SIGTERM.
 */
try {
  const dataDir = process.argv[2] ?? ''
  const { stop, ...urls } = await startEmbedded({ dataDir })
  process.stdout.write(`ready ${JSON.stringify(urls)}\n`)
  const alive = setInterval(() => undefined, 60_000)
  process.once('SIGTERM', () => {
    clearInterval(alive)
    void stop()
  })
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
