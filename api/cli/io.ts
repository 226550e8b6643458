/** What a command reads and writes. Results go out, messages for a person go to err. */
export interface Io {
  env: NodeJS.ProcessEnv
  stdin: AsyncIterable<Uint8Array | string>
  /** Resolves when the reader has taken it, so that a long export waits instead of piling up. */
  out: (text: string) => Promise<void>
  err: (line: string) => void
}

/** The reader of standard output went away (`| head`): nothing is left to do, and nothing is wrong. */
export class OutputClosedError extends Error {
  override readonly name = 'OutputClosedError'
}

export function processIo(): Io {
  // without a listener a closed pipe would end the process before the database is let go
  process.stdout.on('error', () => {})
  return {
    env: process.env,
    stdin: process.stdin,
    out: (text) =>
      new Promise((done, fail) => {
        process.stdout.write(text, (error) => {
          if (!error) done()
          else fail((error as NodeJS.ErrnoException).code === 'EPIPE' ? new OutputClosedError() : error)
        })
      }),
    err: (line) => void process.stderr.write(`${line}\n`),
  }
}
