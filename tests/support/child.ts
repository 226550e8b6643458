import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** How a process ended. */
export interface Ending {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/** A program started by a test. */
export interface Child {
  readonly pid: number
  /** Everything it has written so far, on both channels. */
  output(): string
  readonly ended: Promise<Ending>
  /** Resolves when nobody can write any more, neither it nor what it started: then `output` is whole. */
  readonly silent: Promise<void>
  /** Sends a signal to it alone and waits until it has ended. */
  end(signal: NodeJS.Signals): Promise<Ending>
  /** Kills it and every process it started in its group. */
  killGroup(): Promise<Ending>
}

/**
 * Starts a program in a process group of its own, with a small environment: what the test runner or the developer has
 * set (DATABASE_URL, NODE_ENV …) does not reach it.
 */
export function startChild(
  command: string,
  words: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Child {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'USER'].filter((name) => process.env[name] !== undefined)
  const inherited = Object.fromEntries(kept.map((name) => [name, process.env[name]]))
  const child = spawn(command, words, {
    cwd: options.cwd ?? root,
    env: { ...inherited, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<Ending>((done) => {
    child.once('error', (error) => {
      output += error.message
      done({ status: null, signal: null })
    })
    // Not `close`: a database left running on purpose may hold the pipes open.
    child.once('exit', (status, signal) => done({ status, signal }))
  })
  const silent = new Promise<void>((done) => child.once('close', () => done()))
  const pid = child.pid ?? 0
  const send = (target: number, signal: NodeJS.Signals): void => {
    try {
      process.kill(target, signal)
    } catch {
      // It has ended already.
    }
  }
  return {
    pid,
    output: () => output,
    ended,
    silent,
    end(signal) {
      send(pid, signal)
      return ended
    },
    killGroup() {
      send(-pid, 'SIGKILL')
      return ended
    },
  }
}

/**
 * Waits until `url` answers 200.
 *
 * @throws when the child ends before, or `limitMs` passes, with what the child said
 */
export async function untilAnswers(url: string, child: Child, limitMs = 60_000): Promise<void> {
  let ending: Ending | null = null
  void child.ended.then((value) => {
    ending = value
  })
  const deadline = performance.now() + limitMs
  while (!(await answers(url))) {
    if (ending !== null) throw new Error(`ended with ${JSON.stringify(ending)} before it answered: ${child.output()}`)
    if (performance.now() > deadline) throw new Error(`${url} did not answer in ${limitMs} ms: ${child.output()}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}
