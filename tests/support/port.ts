import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ports that Linux (32768–60999) and macOS (49152–65535) give to outgoing connections. */
const [lowest, beyond] = [15_000, 32_000]

/**
 * A TCP port of 127.0.0.1 that nobody listens on and that no outgoing connection is given: a server that was killed
 * finds it free again, however busy the machine, and asking a closed one cannot connect to itself.
 */
export async function quietPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(lowest, beyond)
    if (await isFree(port)) return port
  }
  throw new Error('no free port')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
