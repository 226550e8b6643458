import { describe, expect, it } from 'vitest'
import { eventsOf, outcomeOf } from '../../../api/core/dossier/events.ts'

const open = {
  status: 'processing',
  receivedAt: '2026-10-01T07:00:00.000Z',
  supplementAt: null,
  returnedAt: null,
  refusedAt: null,
  withdrawnAt: null,
} as const
const day = '2026-10-05T07:00:00.000Z'

describe('eventsOf', () => {
  it('begins with the receipt', () => {
    expect(eventsOf(open)).toEqual([{ type: 'received', n: 1, at: open.receivedAt }])
  })

  it('has a supplement request and an outcome when they are dated', () => {
    const events = eventsOf({ ...open, status: 'returned', supplementAt: '2026-10-02T07:00:00.000Z', returnedAt: day })
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ['received', open.receivedAt],
      ['supplement_requested', '2026-10-02T07:00:00.000Z'],
      ['returned', day],
    ])
  })

  it('has one outcome, the one the state names, whatever other dates there are', () => {
    const dates = { ...open, returnedAt: day, refusedAt: day, withdrawnAt: day }
    for (const status of ['returned', 'refused', 'withdrawn'] as const) {
      expect(eventsOf({ ...dates, status }).map(({ type }) => type)).toEqual(['received', status])
    }
    expect(eventsOf({ ...dates, status: 'processing' })).toHaveLength(1)
  })
})

describe('outcomeOf', () => {
  it('is null while a dossier is open or its end has no day', () => {
    expect(outcomeOf(open)).toBeNull()
    expect(outcomeOf({ ...open, status: 'withdrawn' })).toBeNull()
    expect(outcomeOf({ ...open, status: 'refused', refusedAt: day })).toEqual({ type: 'refused', at: day })
  })
})
