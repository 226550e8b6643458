import { describe, expect, it } from 'vitest'
import { unitFigures } from '../../../api/core/figures/unit-figures.ts'
import { ratingInstrument } from '../instrument/rating.ts'

/** The figures of a unit with 100 dossiers finished on time and 100 late, of which so many have an answer; the last one is dissatisfied. */
function figures(notLate: number, late = 0) {
  const options = (n: number, disliked: number) => [n - disliked, 0, 0, disliked, 0]
  const disliked = Math.min(1, late)
  return unitFigures({
    definition: ratingInstrument(),
    items: new Map([['OVERALL', { counts: options(notLate + late, disliked), na: 0 }]]),
    byGroup: new Map(),
    finished: [0, 0, 100, late > 0 ? 100 : 0],
    pendingLate: 0,
    overallNotLate: options(notLate, 0),
    entered: null,
    hidden: new Set(),
    mergerBreak: false,
  })
}

it('tells counts of answers from 30 answers on, those of QĐ 766 by its answers too, however many dossiers it counts', () => {
  for (const answers of [29, 30]) {
    const told = figures(answers).filter(({ code }) => code === 'satisfaction' || code.startsWith('qd766'))
    const counts = told.map(({ steps }) => steps.some(({ code }) => code.endsWith('_counts')))
    expect(counts).toEqual([answers === 30, answers === 30, answers === 30])
  }
  const [, union] = figures(29)
  expect(union?.estimate.est).toBe(100)
  expect(union?.steps).toEqual([{ code: 'counts_too_few', values: { answered: 29 } }])
})

describe('what is told of late dossiers, which the office knows by name', () => {
  /** How many were disliked, and how many of those in time, as a reader of the office's page finds them. */
  const known = (notLate: number, late: number) => {
    const [satisfaction, union, sum] = figures(notLate, late)
    const steps = [satisfaction, union, sum].flatMap((one) => one?.steps ?? [])
    const has = (value: string) => steps.some(({ values }) => value in values)
    return {
      disliked: sum?.estimate.est !== null || has('o2') || has('disliked'),
      dislikedNotLate: union?.estimate.est !== null || has('dislikedNotLate'),
      sum: sum?.estimate.suppressed,
    }
  }

  it('is how many of them were dissatisfied only from ten of their answers on', () => {
    for (const late of [1, 9]) {
      expect(known(60, late)).toEqual({ disliked: false, dislikedNotLate: true, sum: 'complementary' })
    }
    for (const late of [0, 10]) expect(known(60, late)).toEqual({ disliked: true, dislikedNotLate: true, sum: null })
  })

  it('is nothing of the few in time either', () => {
    for (const notLate of [1, 9])
      expect(known(notLate, 60)).toMatchObject({ dislikedNotLate: false, sum: 'complementary' })
    expect(known(0, 60)).toMatchObject({ disliked: true, sum: null })
  })
})
