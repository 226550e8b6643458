import { expect, it } from 'vitest'
import { estimatedSeconds, minutesOf } from '../../../api/core/questionnaire/minutes.ts'
import { pipe, placeholdersOf } from '../../../api/core/questionnaire/pipe.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'
import { item, questionnaire, yesNo } from './small.ts'

it('85 ordinary questions take about a quarter of an hour', () => {
  const many = questionnaire([{ items: Array.from({ length: 85 }, (_, i) => yesNo(`Q${i}`)) }])
  expect(minutesOf(many)).toBe(15)
  expect(minutesOf({ ...many, minutes: 9 })).toBe(9)
})

it('a question with a condition counts for less, one about two units for more, and an empty questionnaire takes a minute', () => {
  const all = estimatedSeconds(questionnaire([{ items: [yesNo('A'), yesNo('B')] }]))
  const some = estimatedSeconds(
    questionnaire([{ items: [yesNo('A'), yesNo('B', { when: { item: 'A', is: ['yes'] } })] }]),
  )
  expect(some).toBeLessThan(all)
  const units = item('U', 'units', { kinds: ['department'], atMost: 3 })
  const once = estimatedSeconds(questionnaire([{ items: [units] }, { items: [yesNo('A')] }]))
  const each = estimatedSeconds(questionnaire([{ items: [units] }, { repeat: 'U', items: [yesNo('A')] }]))
  expect(each).toBeGreaterThan(once)
  expect(minutesOf(questionnaire([]))).toBe(1)
})

it('no shipped questionnaire promises less time than its questions add up to', () => {
  for (const one of shippedQuestionnaires) {
    expect(estimatedSeconds(one) / 60, one.code).toBeLessThanOrEqual(minutesOf(one))
  }
})

it('the name of a unit is put in as it is, and nothing else', () => {
  expect(pipe('Về {unit}: {unit}?', 'Sở $& {unit}')).toBe('Về Sở $& {unit}: Sở $& {unit}?')
  expect(pipe('Về {unit} {other}', null)).toBe('Về {unit} {other}')
  expect(placeholdersOf('{unit} và {a b} {unit}')).toEqual(['a b', 'unit'])
})
