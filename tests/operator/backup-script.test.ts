import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const DAY_MS = 86_400_000
let place = ''
const folder = (): string => join(place, 'backups')

/** The script where a bundle has it, beside a command line that writes and finds whole, or fails at one word. */
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'lang-nghe-backup-script-'))
  mkdirSync(join(place, 'docs/operations'), { recursive: true })
  copyFileSync('docs/operations/backup.sh', join(place, 'docs/operations/backup.sh'))
  writeFileSync(join(place, 'lang-nghe'), '#!/bin/sh\n[ "$1" != "$FAIL_AT" ] && echo "$1" >> "$2"\n', { mode: 0o755 })
  mkdirSync(folder())
  for (const [name, days] of [
    ['lang-nghe-20260101T000000Z.lnb', 40],
    ['lang-nghe-20260120T000000Z.lnb', 20],
    ['lang-nghe-20260110T000000Z.lnb.part-17', 30],
    ['of-somebody-else.lnb', 40],
  ] as const) {
    const at = new Date(Date.now() - days * DAY_MS)
    writeFileSync(join(folder(), name), '')
    utimesSync(join(folder(), name), at, at)
  }
})
afterEach(() => rmSync(place, { recursive: true }))

function backUp(failAt = ''): number | null {
  const script = join(place, 'docs/operations/backup.sh')
  return spawnSync('sh', [script, folder(), '30'], { env: { PATH: process.env.PATH, FAIL_AT: failAt } }).status
}

test('the nightly script keeps what is young enough and what is not its own, beside the new backup', () => {
  expect(backUp()).toBe(0)
  expect(readdirSync(folder()).toSorted()).toEqual([
    'lang-nghe-20260120T000000Z.lnb',
    expect.stringMatching(/^lang-nghe-\d{8}T\d{6}Z\.lnb$/),
    'of-somebody-else.lnb',
  ])
})

test.each(['backup', 'verify'])('when %s fails the script fails and removes no older backup', (word) => {
  expect(backUp(word)).not.toBe(0)
  expect(readdirSync(folder())).toEqual(
    expect.arrayContaining(['lang-nghe-20260101T000000Z.lnb', 'lang-nghe-20260120T000000Z.lnb']),
  )
})
