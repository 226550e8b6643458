import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { writeWholeFile } from '../../db/whole-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-whole-'))
const file = join(folder, 'kept.csv')
beforeEach(() => rmSync(file, { force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

test('a file has its name when it is whole, not before, and only its owner reads it', async () => {
  await writeWholeFile(file, async (out) => {
    out.write('một nửa')
    expect(readdirSync(folder)).not.toContain('kept.csv')
    await new Promise<void>((done) => out.end(', cả', done))
  })
  expect(readFileSync(file, 'utf8')).toBe('một nửa, cả')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['kept.csv'])
})

test('of a file that did not become whole nothing is left', async () => {
  const writing = writeWholeFile(file, async (out) => {
    out.write('một nửa')
    throw new Error('cut')
  })
  await expect(writing).rejects.toThrow('cut')
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that is not there is told in one line', async () => {
  await expect(writeWholeFile(join(folder, 'none', 'x.csv'), async () => undefined)).rejects.toThrow(
    /x\.csv cannot be written \(ENOENT\)\.$/,
  )
})
