import { spawnSync } from 'node:child_process'
import { globSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { archive } from './bundle/archive.ts'
import { assemble } from './bundle/assemble.ts'
import { buildWeb, webIsCurrent } from './web.ts'

/**
 * `npm run bundle [-- --out DIR]`: one archive, for machines of this platform, from which the platform starts without npm,
 * Node or the internet; its SHA-256 beside it in the form that `sha256sum --check` reads.
 */
const root = resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist/bundle') } } })
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const name = `lang-nghe-${version}-${process.platform}-${process.arch}`

if (!webIsCurrent() && !(await buildWeb())) process.exit(2)
const place = mkdtempSync(join(tmpdir(), 'lang-nghe-bundle-'))
try {
  assemble(root, join(place, name), version)
  const file = join(values.out, `${name}.tar.gz`)
  mkdirSync(values.out, { recursive: true })
  const { sha256, bytes } = await archive(place, name, file, timeOfSource())
  writeFileSync(`${file}.sha256`, `${sha256}  ${name}.tar.gz\n`)
  process.stdout.write(
    `${file}\n  size    ${megabytes(bytes)}, unpacked ${megabytes(sizeOf(join(place, name)))}\n  sha256  ${sha256}\n`,
  )
} finally {
  rmSync(place, { recursive: true, force: true })
}

/** The last commit's time, so that the same sources make the same archive; `SOURCE_DATE_EPOCH` where there is no git. */
function timeOfSource(): number {
  const commit = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).stdout
  return Number(process.env['SOURCE_DATE_EPOCH'] || commit || Date.now() / 1000)
}

function sizeOf(folder: string): number {
  const files = globSync('**/*', { cwd: folder }).map((path) => lstatSync(join(folder, path)))
  return files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
