import { spawn } from 'node:child_process'
import { globSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
/** Touched after a whole build, so that an interrupted one counts as none. */
const stamp = resolve(root, 'dist/built')
const sources = ['web/**/*', 'api/core/**/*', 'api/client.ts', 'package-lock.json']

/** Whether `dist/client` holds the pages made from the present sources. */
export function webIsCurrent(): boolean {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return false
  return globSync(sources, { cwd: root }).every((file) => statSync(resolve(root, file)).mtimeMs <= built)
}

/**
 * Builds the pages into `dist/client`, in a process of its own so that the server does not keep the bundler's memory.
 * SIGINT and SIGTERM end the build and this process.
 *
 * @returns whether it succeeded; the bundler has said why not
 */
export async function buildWeb(): Promise<boolean> {
  const startedAt = new Date()
  const vite = spawn(
    process.execPath,
    [resolve(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const cancel = (name: NodeJS.Signals): void => {
    vite.kill('SIGTERM')
    process.exit(name === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', cancel).once('SIGTERM', cancel)
  const status = await new Promise<number | null>((done) => {
    vite.once('error', () => done(null))
    vite.once('close', done)
  })
  process.off('SIGINT', cancel).off('SIGTERM', cancel)
  if (status !== 0) return false
  writeFileSync(stamp, '')
  // Sources that changed while the bundler ran are newer than what it read.
  utimesSync(stamp, startedAt, startedAt)
  return true
}
