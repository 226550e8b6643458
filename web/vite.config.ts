import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type BuildEnvironmentOptions, defineConfig, type Plugin } from 'vite'
import solid from 'vite-plugin-solid'

const here = import.meta.dirname

/** A page and nothing that another page needs. */
const page = (name: string, emptyOutDir: boolean, worker?: string): BuildEnvironmentOptions => ({
  outDir: resolve(here, '../dist/client'),
  emptyOutDir,
  rollupOptions: {
    input: [name, ...(worker === undefined ? [] : ['offline/worker.ts'])].map((file) => resolve(here, file)),
    output: {
      entryFileNames: ({ name: entry }) => (entry === 'worker' && worker ? worker : 'assets/[name]-[hash].js'),
    },
  },
})

/** Pages that open again without the network, by environment. A service worker keeps its address over all builds; the browser compares its bytes. */
const DOORS: Readonly<Record<string, { name: string; page: string; api: string }>> = {
  client: { name: 'rate', page: '/r/', api: '/api/invitations/' },
  survey: { name: 'survey', page: '/s/', api: '/api/surveys/' },
  interview: { name: 'interview', page: '/phong-van', api: '/api/interviews/' },
}

/** Tells a page's service worker which files belong to this build, once their names are known. */
const offlineWorkers: Plugin = {
  name: 'offline-workers',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name in DOORS,
  generateBundle(_options, bundle) {
    const door = DOORS[this.environment.name]
    const worker = bundle[`${door?.name}-worker.js`]
    if (worker?.type !== 'chunk') throw new Error('the service worker is not in the bundle')
    const files = Object.keys(bundle)
      .filter((file) => file.startsWith('assets/'))
      .map((file) => `/${file}`)
    const html = bundle[`${door?.name}.html`]
    const source = html?.type === 'asset' ? html.source : ''
    const build = createHash('sha256').update(source).update(worker.code).digest('hex').slice(0, 12)
    const filled = { FILES: files, BUILD: build, DOOR: door }
    const head = Object.entries(filled).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    worker.code = `const ${head.join(',')};${worker.code}`
  },
}

/** The style sheet of the public pages, which the server writes: it must know the address, so this file has no hash in its name. */
const publicStyle: Plugin = {
  name: 'public-style',
  applyToEnvironment: ({ name }) => name === 'office',
  generateBundle() {
    const files = ['styles/tokens.css', 'public/public.css']
    const source = files.map((file) => readFileSync(resolve(here, file), 'utf8')).join('\n')
    this.emitFile({ type: 'asset', fileName: 'cong-khai/style.css', source })
  },
}

/**
 * Five pages: office.html, rate.html for a citizen's phone (GET /r/{token}), rate-typed.html for codes typed from paper (GET /r,
 * /withdraw), survey.html (GET /s, /s/{token}) and interview.html for interviewers' tablets (GET /phong-van).
 * They are built one after the other, not together: a bundler that sees several puts what they share into a common file, with
 * all that only the office needs of it, and the phone would have to load that. Nothing is inlined, so `script-src 'self'` is enough.
 */
export default defineConfig(({ command }) => {
  // A build started by a test runner would otherwise hold the libraries' development code.
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return {
    root: here,
    base: '/',
    publicDir: false,
    plugins: [solid(), publicStyle, offlineWorkers],
    build: {
      // Phones that no longer get updates; below this there is no ES module support worth having.
      target: ['chrome80', 'safari13.1', 'firefox78'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    environments: {
      client: { build: page('rate.html', true, 'rate-worker.js') },
      typed: { consumer: 'client', build: page('rate-typed.html', false) },
      survey: { consumer: 'client', build: page('survey.html', false, 'survey-worker.js') },
      interview: { consumer: 'client', build: page('interview.html', false, 'interview-worker.js') },
      office: { consumer: 'client', build: page('office.html', false) },
    },
    builder: {
      buildApp: async (builder) => {
        for (const name of ['client', 'typed', 'survey', 'interview', 'office']) {
          const environment = builder.environments[name]
          if (environment !== undefined) await builder.build(environment)
        }
      },
    },
  }
})
