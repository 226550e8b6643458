import { expect, test } from 'vitest'
import { publishElements } from '../../../api/core/disclosure/index-scores.ts'
import { compositeEstimator } from '../../../api/core/index/estimate/composite.ts'
import { indexTree } from '../../../api/core/index/tree.ts'
import { readEstimate } from '../../../web/office/figures/reading.ts'
import { flatIndex } from '../index/small.ts'

const from = { instrument: 'test', item: 'Q', statistic: 'median' as const }
const definition = flatIndex({ A: { from }, B: {} })

function rootOf(answers: number) {
  const est = [answers > 0 ? 4 : null, null]
  const unit = { est, n: [answers, 0], kish: [answers, 0], covariance: [0, 0, 0], clusters: 20, strata: 1 }
  const elements = compositeEstimator(definition, new Map())(unit)
  return publishElements(indexTree(definition), elements, [null, null], unit.n, [10, 0])[0]!.estimate
}

test('a score over medians that people answered says that its interval is missing, not that nothing is measured', () => {
  expect(rootOf(50)).toMatchObject({
    est: null,
    lo: null,
    n: null,
    suppressed: 'not_measured',
    method: 'bootstrap_only',
  })
  expect(readEstimate(rootOf(50), null)).toEqual({ kind: 'no_interval' })
  expect(rootOf(0).method).not.toBe('bootstrap_only')
  expect(readEstimate(rootOf(0), null)).toEqual({ kind: 'not_measured' })
})
