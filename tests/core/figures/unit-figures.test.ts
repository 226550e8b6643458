import { expect, it } from 'vitest'
import { unitFigures } from '../../../api/core/figures/unit-figures.ts'
import { ratingInstrument } from '../instrument/rating.ts'

/** The figures of a unit with 100 dossiers finished on time, of which so many have an answer, all of them satisfied. */
function figures(answers: number) {
  return unitFigures({
    definition: ratingInstrument(),
    items: new Map([['OVERALL', { counts: [answers, 0, 0, 0, 0], na: 0 }]]),
    byGroup: new Map(),
    finished: [0, 0, 100, 0],
    pendingLate: 0,
    overallNotLate: [answers, 0, 0, 0, 0],
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
