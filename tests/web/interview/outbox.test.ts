import { describe, expect, it } from 'vitest'
import type { Questionnaire } from '../../../api/core/questionnaire/definition.ts'
import type { Case, Draft, Kept, Outcome } from '../../../web/interview/kept.ts'
import { batchOf, itemOf, received, waits } from '../../../web/interview/outbox.ts'
import { standingOf, unsentOf } from '../../../web/interview/standing.ts'
import { surveyOf } from '../../../web/interview/survey-of.ts'
import { newSurveyDraft } from '../../../web/survey/draft.ts'

const text = { vi: 'x', en: 'x' }
const yesNo = [
  { code: 'yes', text },
  { code: 'no', text },
]
const definition: Questionnaire = {
  code: 'short',
  version: 3,
  kind: 'survey',
  title: text,
  languages: ['vi', 'en'],
  notice: { version: '1', text },
  population: 'business',
  sections: [
    {
      code: 'all',
      title: text,
      items: [
        { code: 'A', text, short: text, source: 'test', type: 'single', options: yesNo },
        {
          code: 'B',
          text,
          short: text,
          source: 'test',
          type: 'single',
          options: yesNo,
          when: { item: 'A', is: ['yes'] },
        },
      ],
    },
  ],
}
const one: Case = {
  case: 7,
  campaign: 1,
  code: '0900000007',
  stratum: '',
  psu: null,
  unit: null,
  form: 'B',
  state: 'open',
  disposition: 'none',
  contact: null,
  isGiven: true,
}
const questionnaire = { code: 'short', version: 3, sha256: 'x', definition }
const survey = surveyOf(one, { id: 1, title: '', opensOn: '', closesOn: '', questionnaire, units: [] }, false)
const START = '2026-11-20T01:00:00.000Z'
const NOW = '2026-11-20T02:00:00.000Z'

const draft = (answers: Draft['answers'], finished = false): Draft => ({
  ...newSurveyDraft('', '0c1a3b5e-1111-4111-8111-111111111111', 'vi', START),
  case: 7,
  changes: Object.keys(answers).length,
  answers,
  finished,
  itemMs: { A: 900, GONE: 5 },
})
const make = (seq: number, items: readonly Kept[], interview: Draft | null, disposition: Kept['disposition'] = null) =>
  itemOf({ case: 7, now: NOW, seq, items, disposition, interview: interview && { draft: interview, survey } })
const first = make(1, [], draft({ A: 'no', B: 'yes' }))!
const stored = (seq: number): Outcome => ({ seq, status: 'stored' })
const refused = (seq: number, code: string): Outcome => ({ seq, status: 'refused', code })

describe('numbered items of a tablet', () => {
  it('say what the server would take: answers to what is asked, with the times of both ends', () => {
    expect(first.item).toEqual({
      seq: 1,
      case: 7,
      answer: {
        id: '0c1a3b5e-1111-4111-8111-111111111111',
        revision: 1,
        questionnaire: { code: 'short', version: 3 },
        answers: { A: 'no' },
        complete: false,
        language: 'vi',
        itemMs: { A: 900 },
      },
      disposition: null,
      startedAt: START,
      endedAt: NOW,
    })
  })

  it('tell an interview again only when it has changed, as the next revision', () => {
    expect(make(2, [first], draft({ A: 'no', B: 'yes' }))).toBeNull()
    expect(make(2, [first], draft({ A: 'yes' }))).toMatchObject({ seq: 2, answer: { revision: 2, complete: false } })
    expect(make(2, [first], draft({ A: 'no' }, true))).toMatchObject({
      seq: 2,
      answer: { revision: 2, complete: true },
    })
  })

  it('tell a visit without an interview, or with one that broke off', () => {
    expect(make(1, [], null)).toBeNull()
    expect(make(1, [], null, 'noncontact')?.item).toMatchObject({
      answer: null,
      disposition: 'noncontact',
      startedAt: NOW,
    })
    const broken = make(2, [first], draft({ A: 'yes' }), 'refused')
    expect(broken?.item).toMatchObject({ answer: { revision: 2 }, disposition: 'refused', startedAt: START })
  })

  it('keep the number of what was refused when it is mended, and get another where the number holds something else', () => {
    const back = received(first, refused(1, 'invalid_input'), 9)
    expect(waits(back)).toBe(true)
    expect(make(9, [back], draft({ A: 'yes' }, true))).toMatchObject({
      seq: 1,
      outcome: null,
      item: { seq: 1, answer: { revision: 1, complete: true, answers: { A: 'yes' } } },
    })
    expect(received(first, refused(1, 'id_taken'), 9)).toMatchObject({
      seq: 9,
      item: { seq: 9, answer: { revision: 1 } },
    })
  })

  it('lose their content with the receipt once an interview is complete, and keep it while it goes on', () => {
    expect(received(first, stored(1), 9).item).not.toBeNull()
    const whole = make(2, [first], draft({ A: 'yes' }, true))!
    expect(received(whole, stored(2), 9)).toMatchObject({ item: null, outcome: { status: 'stored' } })
    expect(received(whole, refused(2, 'expired'), 9).item).toEqual(whole.item)
  })

  it('travel in batches of ten, or of fewer long ones, the oldest first', () => {
    const many = Array.from({ length: 12 }, (_, i) => make(i + 1, [], null, 'noncontact')!)
    expect(batchOf(many).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(batchOf(many, 1)).toHaveLength(1)
    const long = many.map((kept) => ({
      ...kept,
      item: { ...first.item!, seq: kept.seq, startedAt: 'x'.repeat(60_000) },
    }))
    expect(batchOf(long)).toHaveLength(1)
  })
})

describe('where a case stands', () => {
  const whole = make(2, [first], draft({ A: 'yes' }, true))!
  const after = (outcome: Outcome) => [received(whole, outcome, 9)]
  it.each([
    ['todo', one, undefined, []],
    ['elsewhere', { ...one, state: 'complete' as const }, undefined, []],
    ['begun', one, draft({ A: 'yes' }), [received(first, stored(1), 9)]],
    ['finished', one, draft({ A: 'yes' }, true), [first, whole]],
    ['refused', one, draft({ A: 'yes' }, true), after(refused(2, 'expired'))],
    ['begun', one, draft({ A: 'yes' }), after(refused(2, 'invalid_input'))],
    ['sent', { ...one, state: 'complete' as const }, undefined, after(stored(2))],
    ['rival', one, undefined, after({ seq: 2, status: 'rival' })],
    ['set_aside', one, undefined, after({ seq: 2, status: 'set_aside' })],
  ] as const)('%s', (standing, of, begun, items) => expect(standingOf(of, begun, items)).toBe(standing))

  it('counts what would be lost with the tablet', () => {
    const visit = make(3, [], null, 'noncontact')!
    const goesOn = draft({ A: 'no', B: 'yes' })
    expect(unsentOf([goesOn], [first])).toEqual({ finished: 0, begun: 1, visits: 0 })
    const acknowledged = received(first, stored(1), 9)
    expect(unsentOf([goesOn], [acknowledged]), 'the server has it').toEqual({ finished: 0, begun: 0, visits: 0 })
    expect(unsentOf([{ ...goesOn, changes: 3 }], [whole, visit, acknowledged])).toEqual({
      finished: 1,
      begun: 1,
      visits: 1,
    })
    const sent = [received(whole, stored(2), 9), received(visit, { seq: 3, status: 'noted' }, 9)]
    expect(unsentOf([], sent)).toEqual({ finished: 0, begun: 0, visits: 0 })
  })
})
