import { createServer, connect, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A line between a browser and a local server, slower than the machine's own. */
export interface SlowLine {
  /** Where the server is reached over the line. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Puts a slow line before a server: all connections share its width, and every piece arrives half a round trip later.
 * Unlike a browser's own emulation it also holds for service workers, and new connections can be charged.
 *
 * @param options.setUpRoundTrips waited before a new connection carries anything: 1 for TCP, 2 with TLS 1.3, 0 for none
 */
export async function slowLine(
  serverUrl: string,
  options: {
    readonly roundTripMs: number
    readonly downBytesPerS: number
    readonly upBytesPerS: number
    readonly setUpRoundTrips: number
  },
): Promise<SlowLine> {
  const { port } = new URL(serverUrl)
  const oneWayMs = options.roundTripMs / 2
  const down = { bytesPerS: options.downBytesPerS, freeAt: 0 }
  const up = { bytesPerS: options.upBytesPerS, freeAt: 0 }
  const open = new Set<Socket>()
  const server = createServer(async (near) => {
    const far = connect(Number(port), '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
      socket.on('error', () => socket.destroy())
    }
    await passed(options.setUpRoundTrips * options.roundTripMs)
    near.pipe(delayed(up, oneWayMs)).pipe(far)
    far.pipe(delayed(down, oneWayMs)).pipe(near)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Pieces leave one after the other at the line's width, and arrive a fixed time after they left. */
function delayed(way: { readonly bytesPerS: number; freeAt: number }, delayMs: number): Transform {
  let last: Promise<void> = Promise.resolve()
  return new Transform({
    readableHighWaterMark: 1 << 20,
    transform(piece: Buffer, _encoding, next) {
      const now = performance.now()
      way.freeAt = Math.max(now, way.freeAt) + (piece.length / way.bytesPerS) * 1000
      last = passed(way.freeAt - now + delayMs).then(() => void this.push(piece))
      next()
    },
    async final(done) {
      await last
      done()
    },
  })
}

const passed = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
