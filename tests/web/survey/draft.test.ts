import { describe, expect, it } from 'vitest'
import type { SurveyAnswer } from '../../../api/core/questionnaire/definition.ts'
import {
  changedKeys,
  newSurveyDraft,
  reconciled,
  type SurveyDraft,
  surveyRules,
  unsentCount,
  withAnswer,
} from '../../../web/survey/draft.ts'
import type { HeldAnswer, Survey } from '../../../web/survey/survey.ts'

const words = (text: string) => ({ vi: text, en: text })
const yesNo = [
  { code: 'yes', text: words('Có') },
  { code: 'no', text: words('Không') },
]
const item = (code: string) => ({ code, text: words(code), short: words(code), source: 'test' })

/** Two open questions, the second asked of those who say yes, and a private one. */
const survey: Survey = {
  state: 'open',
  closesOn: '2026-12-31',
  campaign: { title: 'Thử', organiser: null },
  form: null,
  sample: false,
  questionnaire: {
    code: 'trial',
    version: 1,
    sha256: '',
    definition: {
      code: 'trial',
      version: 1,
      kind: 'survey',
      title: words('Thử'),
      languages: ['vi', 'en'],
      notice: { version: '1', text: words('') },
      population: 'business',
      sections: [
        {
          code: 'one',
          title: words('Một'),
          items: [
            { ...item('Q'), type: 'single', options: yesNo },
            { ...item('N'), type: 'number', unit: words('ngày'), min: 0, max: 9, when: { item: 'Q', is: ['yes'] } },
            { ...item('P'), type: 'single', sensitive: true, options: yesNo },
          ],
        },
      ],
    },
  },
  units: [],
  answer: null,
}
const NOW = '2026-11-28T08:00:00Z'
const rules = surveyRules(
  () => survey,
  () => 'another-id',
)
const fresh = () => newSurveyDraft('token', 'own-id', 'vi', NOW)
const say = (draft: SurveyDraft, said: Record<string, SurveyAnswer | null>): SurveyDraft =>
  Object.entries(said).reduce((all, [key, answer]) => withAnswer(all, survey, { key, answer, spentMs: 5 }), draft)
/** Sends what waits and has it acknowledged. */
const sent = (draft: SurveyDraft): SurveyDraft => {
  const next = rules.nextRevision(draft, NOW)
  return next?.pending ? rules.acknowledged(next, next.pending) : draft
}
const holding = (answer: Partial<HeldAnswer>): Survey => ({
  ...survey,
  state: 'partial',
  answer: { id: 'their-id', revision: 4, answers: {}, hidden: [], ...answer },
})

describe('what is sent', () => {
  it('is everything that is sound and asked, and nothing where nothing changed', () => {
    const draft = say(fresh(), { Q: 'yes', N: 12 })
    expect(rules.nextRevision(draft, NOW)?.pending).toMatchObject({
      revision: 1,
      answers: { Q: 'yes' },
      itemMs: { Q: 5 },
    })
    expect(rules.nextRevision(sent(draft), NOW)).toBeNull()
    expect(sent(say(draft, { N: 3 })).saved).toEqual({ Q: 'yes', N: 3 })
    expect(sent(say(draft, { N: 3, Q: 'no' })).saved).toEqual({ Q: 'no' })
  })

  it('is the same revision again until it is acknowledged', () => {
    const first = rules.nextRevision(say(fresh(), { Q: 'yes' }), NOW)!
    expect(rules.nextRevision(say(first, { Q: 'no' }), '2030-01-01T00:00:00Z')?.pending).toEqual(first.pending)
  })

  it('names the private answers that are taken back', () => {
    const draft = say(sent(say(fresh(), { Q: 'yes', P: 'yes' })), { P: null })
    expect(rules.nextRevision(draft, NOW)?.pending).toMatchObject({ answers: { Q: 'yes' }, cleared: ['P'] })
    expect(rules.nextRevision(say(draft, { P: 'no' }), NOW)?.pending).toMatchObject({
      answers: { P: 'no' },
      cleared: [],
    })
  })

  it('leaves a revision for "send" however often answers changed', () => {
    let draft = say(fresh(), { Q: 'yes' })
    for (let n = 0; n < 400; n += 1) draft = sent(say(draft, { N: n % 9 }))
    expect(draft.revision).toBeLessThan(200)
    const last = rules.nextRevision({ ...draft, finished: true }, NOW)?.pending
    expect(last).toMatchObject({ complete: true })
    expect(last!.revision).toBeLessThanOrEqual(200)
  })
})

describe('what another device said', () => {
  it('is taken over, with what was changed here on top', () => {
    const draft = say(sent(say(fresh(), { Q: 'yes', N: 1 })), { N: 2 })
    const seen = reconciled(draft, holding({ id: 'own-id', answers: { Q: 'no' } }))
    expect(seen).toMatchObject({ revision: 4, answers: { Q: 'no', N: 2 }, saved: { Q: 'no' } })
    expect(reconciled(fresh(), holding({ answers: { Q: 'no' } }))).toMatchObject({
      id: 'their-id',
      answers: { Q: 'no' },
    })
  })

  it('stays unknown where it is private, until it is answered here or taken back', () => {
    const seen = reconciled(fresh(), holding({ answers: { Q: 'no' }, hidden: ['P'] }))
    expect([seen.answers, seen.hidden, changedKeys(seen, survey)]).toEqual([{ Q: 'no' }, ['P'], []])
    const cleared = say(seen, { P: null })
    expect(changedKeys(cleared, survey)).toEqual(['P'])
    expect(sent(cleared).hidden).toEqual([])
    expect(sent(say(seen, { P: 'yes' }))).toMatchObject({ hidden: [], saved: { Q: 'no', P: 'yes' } })
  })

  it('does not bring back a private answer that was given here and changed there', () => {
    const draft = sent(say(fresh(), { Q: 'yes', P: 'yes' }))
    const seen = reconciled(draft, holding({ id: 'own-id', answers: { Q: 'yes' }, hidden: ['P'] }))
    expect([seen.answers, seen.hidden]).toEqual([{ Q: 'yes' }, ['P']])
  })

  it('ends the draft when it was complete, unless our own "send" may be what completed it', () => {
    const complete: Survey = { ...survey, state: 'complete' }
    const draft = say(fresh(), { Q: 'yes' })
    expect(reconciled(draft, complete).state).toBe('elsewhere')
    const sending = rules.nextRevision({ ...draft, finished: true }, NOW)!
    expect(reconciled(sending, complete)).toBe(sending)
    expect(unsentCount(sending, survey)).toBe(1)
  })
})

it.each([
  [404, 'not_found', [], 'unknown'],
  [410, 'expired', [], 'closed'],
  [409, 'already_complete', [], 'elsewhere'],
  [409, 'quota_full', [], 'full'],
  [409, 'not_yet_open', [], 'early'],
  [422, 'invalid_input', [{ path: 'questionnaire.version', code: 'wrong_version' }], 'changed'],
  [422, 'invalid_input', [{ path: 'answers.Q', code: 'out_of_range' }], null],
  [409, 'superseded', [], null],
] as const)('%i %s ends a draft or does not', (status, code, issues, end) => {
  expect(rules.endOf({ kind: 'problem', status, code, issues })).toBe(end)
})
