import { describe, expect, test } from 'vitest'
import { countOutcomes, outcomeOf, type CaseGroup } from '../../../api/core/field/outcomes.ts'
import { answeredShare, questionsOf } from '../../../api/core/field/progress.ts'
import { eligibleShare, responseRates } from '../../../api/core/field/response-rates.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'

const group = (given: Partial<CaseGroup>): CaseGroup => ({
  state: 'open',
  disposition: 'none',
  opened: false,
  share: 0,
  cases: 1,
  ...given,
})

describe('outcomes', () => {
  test.each([
    [{ state: 'complete', disposition: 'refused' }, 'complete'],
    [{ state: 'partial', share: 0.5 }, 'partial'],
    [{ state: 'partial', share: 0.49 }, 'refused'],
    [{ state: 'partial', share: 0.9, disposition: 'ineligible' }, 'ineligible'],
    [{ state: 'partial', share: 0.9, disposition: 'refused' }, 'partial'],
    [{ disposition: 'refused' }, 'refused'],
    [{ opened: true }, 'refused'],
    [{ disposition: 'noncontact', opened: true }, 'nonContact'],
    [{ disposition: 'reached' }, 'other'],
    [{ disposition: 'other' }, 'other'],
    [{ disposition: 'ineligible' }, 'ineligible'],
    [{ disposition: 'quota_full' }, 'quotaFull'],
    [{ state: 'partial', share: 0.9, disposition: 'quota_full' }, 'quotaFull'],
    [{}, 'unknown'],
  ] as const)('%j is %s', (given, outcome) => {
    expect(outcomeOf(group(given))).toBe(outcome)
  })

  test('every case is counted once', () => {
    const counts = countOutcomes([
      group({ cases: 3 }),
      group({ cases: 2, opened: true }),
      group({ cases: 5, state: 'complete' }),
    ])
    expect(counts).toMatchObject({ unknown: 3, refused: 2, complete: 5 })
    expect(Object.values(counts).reduce((a, b) => a + b)).toBe(10)
  })
})

describe('response rates', () => {
  const outcomes = {
    complete: 300,
    partial: 40,
    refused: 120,
    nonContact: 60,
    other: 20,
    unknown: 400,
    ineligible: 50,
    quotaFull: 10,
  }

  test('are AAPOR’s RR1 to RR4', () => {
    // eligible and known: 540; e = 540 / 600
    const e = eligibleShare(outcomes)
    expect(e).toBeCloseTo(0.9, 12)
    const rates = responseRates(outcomes, e)
    expect(rates.rr1.est).toBeCloseTo(300 / 940, 12)
    expect(rates.rr2.est).toBeCloseTo(340 / 940, 12)
    expect(rates.rr3.est).toBeCloseTo(300 / (540 + 360), 12)
    expect(rates.rr4.est).toBeCloseTo(340 / 900, 12)
    for (const { lo, hi, est, n } of Object.values(rates)) {
      expect(n).toBe(940)
      expect(lo).toBeLessThan(est ?? 0)
      expect(hi).toBeGreaterThan(est ?? 1)
    }
  })

  test('say nothing, and not zero, where there is no case', () => {
    const none = {
      complete: 0,
      partial: 0,
      refused: 0,
      nonContact: 0,
      other: 0,
      unknown: 0,
      ineligible: 5,
      quotaFull: 0,
    }
    expect(eligibleShare({ ...none, ineligible: 0 })).toBe(1)
    for (const rate of Object.values(responseRates(none, eligibleShare(none))))
      expect(rate).toMatchObject({ est: null, n: 0, suppressed: 'too_few' })
    const unheard = { ...none, unknown: 8 }
    expect(responseRates(unheard, 0).rr3).toMatchObject({ est: null, suppressed: 'too_few' })
    expect(responseRates(unheard, 1).rr3).toMatchObject({ est: 0, n: 8 })
  })
})

test('how far an answer got is the share of the questions put to it, not the place of the last', () => {
  for (const questionnaire of shippedQuestionnaires) {
    const questions = questionsOf(questionnaire)
    expect(new Set(questions.map(({ code }) => code)).size).toBe(questions.length)
    const shareOf = answeredShare(questionnaire)
    expect([shareOf({}), shareOf({ NONE: 'x' })]).toEqual([0, 0])
    const comment = questions.at(-1)!.code
    expect(shareOf({ [comment]: 'x' })).toBeLessThan(0.5)
    const all = Object.fromEntries(questions.map(({ code }) => [code, { na: true as const }]))
    expect(shareOf(all)).toBe(1)
  }
})
