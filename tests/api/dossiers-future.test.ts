import { expect, test } from 'vitest'
import { notAfter } from '../../api/dossiers/future.ts'

test('what has happened is dated a day ahead at most, as much as clocks and bare days may differ', () => {
  expect(notAfter(new Date('2026-11-28T00:00:00Z'))).toBe('2026-11-29T00:00:00.000Z')
})
