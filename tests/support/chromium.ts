import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/lang-nghe')

/**
 * Starts the Chromium that npm installed, with only Open Sans for a system font, so that pages look the same on every
 * machine, one without fonts included. `CHROMIUM_PATH` names another browser (npm has none for ARM).
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH
  if (own) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] })
  const folder = await unpack()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    // Not the package's own list of arguments: it switches web security off and runs everything in one process.
    ignoreDefaultArgs: ['--headless'],
    args: ['--no-sandbox', '--headless=shell', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  })
}

/** Unpacks browser, libraries and fonts once per version, whole or not at all; another worker may be doing the same. */
async function unpack(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  const draft = `${folder}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  // In a process of its own: the package changes LD_LIBRARY_PATH and the like of whoever imports it, and takes whatever
  // `chromium` it finds in the temporary folder for its own. Its libraries are unpacked only where it believes itself
  // on AWS Lambda.
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
  })
  writeFileSync(
    join(draft, 'fonts.conf'),
    `<?xml version="1.0"?>
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`,
  )
  try {
    renameSync(draft, folder)
  } catch {
    rmSync(draft, { recursive: true, force: true })
  }
  return folder
}
