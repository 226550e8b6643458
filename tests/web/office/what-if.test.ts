import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scoreIndex } from '../../../api/core/index/score.ts'
import { isBehind, trialOf, tryOut } from '../../../web/office/indices/what-if.ts'
import type { IndexDefinition, ScoreElement, UnitScores } from '../../../web/office/indices/types.ts'
import { smallEdition } from '../../api/index-world.ts'

const definition = smallEdition('thu', '1') as IndexDefinition
const codes = definition.indicators.map(({ code }) => code)

/** A page's scores as far as a trial reads them. */
function pageOf(values: readonly (number | null)[], medians: readonly (number | null)[]): UnitScores {
  const elements = codes.map((code, i) => ({
    code,
    indicator: { direction: 'higher', goalposts: { min: 0, max: 1 }, raw: { est: values[i] ?? null } },
    whatIf: { peerMedian: medians[i] ?? null, worth: null },
  }))
  return { elements: elements as unknown as ScoreElement[], index: { scale: definition.scale } } as UnitScores
}

const share = fc.double({ min: 0, max: 1, noNaN: true })

it('a trial has the digits of scoring the index anew', () => {
  fc.assert(
    fc.property(fc.tuple(share, share, share), share, fc.nat(2), (values, other, at) => {
      const trial = trialOf(pageOf(values, [0.5, 0.5, 0.5]), definition)
      const changed = values.with(at, other)
      const columns = new Map(codes.map((code, i) => [code, Float64Array.of(values[i] ?? 0, changed[i] ?? 0)]))
      const scored = scoreIndex(definition, { units: ['a', 'b'], columns })
      const { total } = tryOut(trial, new Map([[codes[at] ?? '', other]]))
      expect([total.before, total.after]).toEqual([scored.at(0, 'TOTAL'), scored.at(1, 'TOTAL')])
    }),
  )
})

it('what shows no value has no lever, and a lever reaches every value that is marked on it', () => {
  const trial = trialOf(pageOf([0.4, null, 0.9], [0.6, 0.5, null]), definition)
  expect(trial.left).toBe(1)
  expect(trial.levers.map(({ element }) => element.code)).toEqual(['I1', 'G1'])
  expect(trial.levers.map(isBehind)).toEqual([true, false])
  for (const { own, median, ends } of trial.levers)
    for (const mark of [own, median ?? own]) expect(mark >= ends.min && mark <= ends.max).toBe(true)
})
