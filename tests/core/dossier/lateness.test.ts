import { expect, it } from 'vitest'
import { lateness } from '../../../api/core/dossier/lateness.ts'

const due = '2026-10-08T16:59:59.000Z'

it.each([
  [null, '2026-10-08T02:00:00.000Z', 0],
  [due, null, 0],
  [null, null, 0],
  [due, '2026-10-07T16:59:59.999Z', 1],
  [due, '2026-10-07T17:00:00.000Z', 2],
  [due, '2026-10-08T16:59:59.000Z', 2],
  [due, '2026-10-08T17:00:00.000Z', 3],
  ['2026-10-08T09:00:00.000Z', '2026-10-08T02:00:00.000Z', 2],
  ['2026-10-08T09:00:00.000Z', '2026-10-08T09:00:01.000Z', 3],
] as const)('due %s, ended %s is class %i', (dueAt, outcomeAt, expected) => {
  expect(lateness(dueAt, outcomeAt)).toBe(expected)
})
