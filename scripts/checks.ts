import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** A check of the source that needs no database. */
export interface Check {
  readonly name: string
  /** A program of `node_modules/.bin` and its words. */
  readonly command: readonly [string, ...string[]]
}

/** Types, lint and format; the import rules are among the tests in `tests/house`. */
export const checks: readonly Check[] = [
  { name: 'types of api/core', command: ['tsc', '-p', 'tsconfig.core.json'] },
  { name: 'types of api, db, scripts and tests', command: ['tsc', '-p', 'tsconfig.node.json'] },
  { name: 'types of web', command: ['tsc', '-p', 'tsconfig.web.json'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '--cache', '--cache-strategy=content', '.'] },
]

/** What a program said and whether it ended well. */
export interface Outcome {
  readonly passed: boolean
  readonly output: string
}

/** Runs a program that npm installed, from the repository's root. */
export function runTool([program, ...words]: Check['command']): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(resolve(root, 'node_modules/.bin', program), words, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
    child.on('error', (error) => done({ passed: false, output: error.message }))
    child.on('close', (status) => done({ passed: status === 0, output }))
  })
}

/**
 * Runs every check, one after the other, and prints one line for each, with what it said when it failed.
 *
 * @returns how many passed and failed
 */
export async function runChecks(list: readonly Check[] = checks): Promise<{ passed: number; failed: number }> {
  let passed = 0
  for (const check of list) {
    const outcome = await runTool(check.command)
    if (outcome.passed) passed += 1
    process.stdout.write(`${outcome.passed ? 'ok    ' : 'FAILED'} ${check.name}\n`)
    if (!outcome.passed) process.stdout.write(`${outcome.output.trimEnd()}\n`)
  }
  return { passed, failed: list.length - passed }
}
