import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverProcesses } from '../../db/embedded/process.ts'
import { quietPort } from '../support/port.ts'
import { startChild, untilAnswers } from '../support/child.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'lang-nghe-bundle-test-')))
const { version, devDependencies } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as {
  version: string
  devDependencies: Record<string, string>
}
const name = `lang-nghe-${version}-${process.platform}-${process.arch}`
/** Where an operator unpacks it: a name with a blank and letters beyond ASCII, as people give. */
const place = join(home, 'thư mục mới')
const folder = join(place, name)
/** The programs of a bare system that it may use, and nothing else: no Node, no npm. */
const tools = join(home, 'tools')
let said = ''

beforeAll(async () => {
  const build = startChild('npm', ['run', 'bundle', '--', '--out', join(home, 'out')])
  const { status } = await build.ended
  await build.silent
  said = build.output()
  expect(status, said).toBe(0)
  mkdirSync(place)
  execFileSync('tar', ['-xzf', join(home, 'out', `${name}.tar.gz`), '-C', place])
  mkdirSync(tools)
  for (const tool of ['sh', 'dirname', 'readlink', 'unshare', 'setpriv']) {
    const found = (process.env.PATH ?? '').split(':').map((path) => join(path, tool))
    const path = found.find((file) => lstatSync(file, { throwIfNoEntry: false }))
    if (path !== undefined) symlinkSync(path, join(tools, tool))
  }
}, 300_000)

afterAll(() => {
  for (const pid of serverProcesses(join(folder, '.data/pg'), null)) process.kill(pid, 'SIGKILL')
  rmSync(home, { recursive: true, force: true, maxRetries: 20 })
})

/** Any attempt to fetch something meets a closed port. */
const bareMachine = async (): Promise<Record<string, string>> => {
  const closed = `http://127.0.0.1:${await quietPort()}`
  return {
    PATH: tools,
    HOME: join(home, 'nobody'),
    npm_config_registry: closed,
    https_proxy: closed,
    http_proxy: closed,
  }
}

test('the bundle is one archive named by version and platform, whose SHA-256 is printed and lies beside it', () => {
  const bytes = readFileSync(join(home, 'out', `${name}.tar.gz`))
  const sum = createHash('sha256').update(bytes).digest('hex')
  expect(said).toContain(sum)
  expect(readFileSync(join(home, 'out', `${name}.tar.gz.sha256`), 'utf8')).toBe(`${sum}  ${name}.tar.gz\n`)
  expect(bytes.length).toBeLessThan(100e6)
})

test('it holds no package that only develops, builds or tests, and no link that leads out of it', () => {
  const packages = globSync('node_modules/{*,@*/*}', { cwd: folder }).map((path) => path.slice('node_modules/'.length))
  expect(packages).toContain('hono')
  const unwanted = [...Object.keys(devDependencies), 'vite', 'workerd', 'solid-js', 'embedded-postgres-15-linux-x64']
  expect(packages.filter((one) => unwanted.includes(one))).toEqual([])
  const links = globSync('**/*', { cwd: folder }).filter((path) => lstatSync(join(folder, path)).isSymbolicLink())
  expect(links.filter((path) => !realpathSync(join(folder, path)).startsWith(folder))).toEqual([])
})

test('unpacked where there is no Node, npm or network it starts with one command, serves pages and the command line, and stops', async () => {
  const port = await quietPort()
  const machine = await bareMachine()
  const command = join(folder, 'lang-nghe')
  const platform = startChild(command, ['start'], { cwd: home, env: { ...machine, PORT: String(port) } })
  try {
    await untilAnswers(`http://127.0.0.1:${port}/api/health`, platform, 240_000)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toMatch(/<script [^>]*src="\/assets\//)
    expect(platform.output()).toContain(`remove it with: ${command} sample remove`)

    const help = startChild(command, ['--help'], { cwd: home, env: machine })
    expect(await help.ended).toEqual({ status: 0, signal: null })
    await help.silent
    expect(help.output()).toContain(`${command} start `)
    expect(help.output()).toContain(`Usage: ${command} <words>`)
    const job = startChild(command, ['jobs', 'run', 'tally'], { cwd: home, env: machine })
    expect((await job.ended).status, job.output()).toBe(0)

    expect(await platform.end('SIGTERM')).toEqual({ status: 0, signal: null })
    expect(serverProcesses(join(folder, '.data/pg'), null)).toEqual([])
  } finally {
    await platform.killGroup()
  }
}, 300_000)

test('what its operator reads is in it: how to install, to run and to watch it', () => {
  for (const path of ['INSTALL.txt', 'LICENSE', 'docs/operations.md', 'docs/operations/lang-nghe.service'])
    expect(readFileSync(join(folder, path), 'utf8').length, path).toBeGreaterThan(500)
  expect(readFileSync(join(folder, 'INSTALL.txt'), 'utf8')).toContain('./lang-nghe start')
})
