import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const client = join(import.meta.dirname, '../../dist/client')
const html = readFileSync(join(client, 'rate.html'), 'utf8')
const files = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1] ?? '')

it('the rating page loads three files of together at most 20 KiB, whatever the office holds', () => {
  const loaded = files.filter((file) => /\.(js|css)$/.test(file))
  expect(loaded).toHaveLength(2)
  const bytes = [Buffer.from(html), ...loaded.map((file) => readFileSync(join(client, file)))]
  expect(bytes.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)).toBeLessThanOrEqual(20 * 1024)
})

it('the rating page has no inline script or style and names no other host', () => {
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
  expect(files.every((file) => file.startsWith('assets/'))).toBe(true)
  expect(html).not.toContain('//')
})
