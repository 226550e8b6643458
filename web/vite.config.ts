import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

const here = import.meta.dirname
const entries = ['rate.html', 'office.html'].map((name) => resolve(here, name)).filter((file) => existsSync(file))

/**
 * Two pages, built apart: rate.html for a citizen's phone (GET /r/{token}, /withdraw) and office.html for everything else.
 * Everything is a file of its own with a hash in its name and nothing is inlined, so `default-src 'self'` is enough.
 */
export default defineConfig({
  root: here,
  base: '/',
  publicDir: false,
  plugins: [solid()],
  build: {
    outDir: resolve(here, '../dist/client'),
    emptyOutDir: true,
    // Phones that no longer get updates; below this there is no ES module support worth having.
    target: ['chrome80', 'safari13.1', 'firefox78'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: entries },
  },
})
