import { describe, expect, test } from 'vitest'
import { keptApart, lastAnswered, splitSensitive } from '../../../api/core/questionnaire/parts.ts'
import { withStored } from '../../../api/core/questionnaire/stored.ts'
import { item, option, questionnaire, yesNo } from './small.ts'

const row = (code: string, more: object = {}) => ({
  code,
  text: { vi: code, en: code },
  short: { vi: code, en: code },
  ...more,
})
const paid = { item: 'PAID', is: ['yes'] }
const form = questionnaire([
  { items: [yesNo('MET'), yesNo('PAID', { sensitive: true }), yesNo('WHOM', { when: paid }), yesNo('LATE')] },
  {
    items: [
      item('GRID', 'matrix', { options: [option('good')], rows: [row('R1'), row('R2', { when: { not: paid } })] }),
      yesNo('WHY', {
        when: {
          any: [
            { item: 'LATE', answered: true },
            { item: 'WHOM', is: ['no'] },
          ],
        },
      }),
    ],
  },
  { when: { item: 'WHOM', answered: true }, items: [yesNo('AFTER')] },
  { items: [yesNo('END')] },
])

describe('what is kept apart', () => {
  test('sensitive questions, and all that is asked only on account of one, because being asked it tells the answer', () => {
    expect([...keptApart(form)]).toEqual(['PAID', 'WHOM', 'R2', 'WHY', 'AFTER'])
    expect(splitSensitive(form, { MET: 'no', PAID: 'yes', WHOM: 'no', R1: 'good', R2: 'good', END: 'yes' })).toEqual({
      open: { MET: 'no', R1: 'good', END: 'yes' },
      sensitive: { PAID: 'yes', WHOM: 'no', R2: 'good' },
    })
  })

  test('a part that is repeated for units chosen in a sensitive question', () => {
    const units = item('UNITS', 'units', { kinds: ['department'], atMost: 3, sensitive: true })
    expect([...keptApart(questionnaire([{ items: [units] }, { repeat: 'UNITS', items: [yesNo('OK')] }]))]).toEqual([
      'UNITS',
      'OK',
    ])
  })

  test('is never told as the last question that was answered', () => {
    expect(lastAnswered(form, { MET: 'yes', PAID: 'yes', WHOM: 'no' })).toBe('MET')
    expect(lastAnswered(form, { PAID: 'yes' })).toBeNull()
  })
})

describe('a revision from a device that does not know the sensitive answers', () => {
  const stored = { PAID: 'yes', WHOM: 'no' }

  test('keeps what is stored and what it says itself', () => {
    expect(withStored(form, { answers: { MET: 'no', LATE: 'yes' }, cleared: [] }, stored)).toEqual({
      MET: 'no',
      LATE: 'yes',
      PAID: 'yes',
      WHOM: 'no',
    })
  })

  test('replaces what it says anew, and takes back what it clears', () => {
    expect(withStored(form, { answers: { WHOM: 'yes' }, cleared: [] }, stored)).toEqual({ PAID: 'yes', WHOM: 'yes' })
    expect(withStored(form, { answers: { MET: 'no' }, cleared: ['WHOM'] }, stored)).toEqual({ MET: 'no', PAID: 'yes' })
  })

  test('drops what is stored once its question is no longer asked', () => {
    expect(withStored(form, { answers: { PAID: 'no' }, cleared: [] }, stored)).toEqual({ PAID: 'no' })
    expect(withStored(form, { answers: { MET: 'no' }, cleared: ['PAID'] }, stored)).toEqual({ MET: 'no' })
  })

  test('takes nothing for stored that is not kept apart', () => {
    expect(withStored(form, { answers: { MET: 'no' }, cleared: [] }, { LATE: 'yes' })).toEqual({ MET: 'no' })
  })
})
