import { describe, expect, it } from 'vitest'
import type { DossierRow } from '../../../api/core/dossier/dossier.ts'
import { laterRow, mergeDossier } from '../../../api/core/dossier/plan.ts'

const row = (changes: Partial<DossierRow> = {}): DossierRow => ({
  code: 'H31.12.7-261001-0001',
  procedureCode: '1.001193',
  procedureName: 'Đăng ký khai sinh',
  field: 'Hộ tịch',
  responsibleUnitCode: 'H31.12.7',
  receivingUnitCode: 'H31.12.7',
  applicant: 'citizen',
  channel: 'direct',
  receivedAt: '2026-10-01T07:00:00.000Z',
  dueAt: '2026-10-08T16:59:59.000Z',
  returnedAt: null,
  supplementAt: null,
  refusedAt: null,
  withdrawnAt: null,
  status: 'processing',
  sourceUpdatedAt: null,
  defaulted: [],
  ...changes,
})
const stored = (changes: Partial<DossierRow> = {}) => mergeDossier(null, row(changes)).dossier
const returned = { status: 'returned', returnedAt: '2026-10-07T02:00:00.000Z' } as const

describe('mergeDossier', () => {
  it('creates what is not there, without the words that belong to the procedure', () => {
    const plan = mergeDossier(null, row())
    expect(plan).toMatchObject({ action: 'created', changes: [] })
    expect(Object.keys(plan.dossier)).not.toContain('procedureName')
    expect(Object.keys(plan.dossier)).not.toContain('defaulted')
  })

  it('changes nothing when the same row comes again, also with instants written otherwise', () => {
    expect(mergeDossier(stored(returned), row(returned)).action).toBe('unchanged')
    const elsewhere = { ...stored(returned), returnedAt: '2026-10-07T09:00:00+07:00' }
    expect(mergeDossier(elsewhere, row(returned)).action).toBe('unchanged')
    expect(mergeDossier(stored(), row({ procedureName: 'Khai sinh' })).action).toBe('unchanged')
  })

  it('lists old and new of each changed field', () => {
    const plan = mergeDossier(stored(), row(returned))
    expect(plan.action).toBe('updated')
    expect(plan.changes).toEqual([
      { field: 'returnedAt', old: null, new: returned.returnedAt },
      { field: 'status', old: 'processing', new: 'returned' },
    ])
    expect(plan.dossier).toEqual(stored(returned))
  })

  it('never lets an older row overwrite a newer one', () => {
    const newer = stored({ ...returned, sourceUpdatedAt: '2026-10-07T03:00:00.000Z' })
    const older = row({ channel: 'online', sourceUpdatedAt: '2026-10-06T03:00:00.000Z' })
    expect(mergeDossier(newer, older)).toEqual({ action: 'stale', changes: [], dossier: newer })
  })

  it('takes a newer row even when it reopens a dossier', () => {
    const plan = mergeDossier(
      stored({ ...returned, sourceUpdatedAt: '2026-10-07T03:00:00.000Z' }),
      row({ sourceUpdatedAt: '2026-10-09T03:00:00.000Z' }),
    )
    expect(plan.changes.map(({ field }) => field)).toEqual(['status', 'sourceUpdatedAt'])
  })

  it('never reopens a finished dossier with a row that does not say when it is from', () => {
    for (const status of ['processing', 'supplement_requested'] as const) {
      expect(mergeDossier(stored(returned), row({ status })).action).toBe('stale')
    }
    expect(mergeDossier(stored({ ...returned, sourceUpdatedAt: '2026-10-07T03:00:00.000Z' }), row()).action).toBe(
      'stale',
    )
  })

  it('reopens an undated finished dossier only with a row from after its outcome', () => {
    const before = row({ sourceUpdatedAt: '2026-10-06T03:00:00.000Z' })
    const after = row({ sourceUpdatedAt: '2026-10-08T03:00:00.000Z' })
    expect(mergeDossier(stored(returned), before).action).toBe('stale')
    expect(mergeDossier(stored(returned), after).action).toBe('updated')
  })

  it('lets an undated row move an open dossier on and correct a finished one', () => {
    expect(mergeDossier(stored(), row(returned)).action).toBe('updated')
    const corrected = row({ ...returned, returnedAt: '2026-10-06T02:00:00.000Z' })
    expect(mergeDossier(stored(returned), corrected).changes).toHaveLength(1)
  })

  it('never erases a stored value with a missing one or a default', () => {
    const full = stored({ applicant: 'business', receivingUnitCode: 'TT', supplementAt: '2026-10-02T07:00:00.000Z' })
    const sparse = row({ channel: null, dueAt: null, defaulted: ['applicant', 'receivingUnitCode'] })
    expect(mergeDossier(full, sparse)).toEqual({ action: 'unchanged', changes: [], dossier: full })
  })

  it('refuses to merge two dossiers', () => {
    expect(() => mergeDossier(stored(), row({ code: 'H31.12.7-261001-0002' }))).toThrow(RangeError)
  })
})

describe('laterRow', () => {
  const at = (line: number, sourceUpdatedAt: string | null) => ({ line, dossier: row({ sourceUpdatedAt }) })
  const [early, late] = ['2026-10-06T03:00:00.000Z', '2026-10-07T03:00:00.000Z']

  it.each([
    [at(2, late), at(3, early), 2],
    [at(2, early), at(3, late), 3],
    [at(2, early), at(3, early), 3],
    [at(2, late), at(3, null), 3],
    [at(2, null), at(3, early), 3],
    [at(2, null), at(3, null), 3],
  ])('chooses by time of change, else by line (case %#)', (a, b, line) => {
    expect(laterRow(a, b).line).toBe(line)
    expect(laterRow(b, a).line).toBe(line)
  })
})
