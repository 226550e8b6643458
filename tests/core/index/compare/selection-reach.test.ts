import { describe, expect, test } from 'vitest'
import { selectionBand, selectionBias } from '../../../../api/core/index/compare/selection-band.ts'
import { selectionReaches } from '../../../../api/core/index/compare/selection-reach.ts'
import type { Aggregate, IndexDefinition, IndexIndicator } from '../../../../api/core/index/definition.ts'
import { compositeEstimator } from '../../../../api/core/index/estimate/composite.ts'
import type { UnitEstimates } from '../../../../api/core/index/estimate/indicator-estimate.ts'
import { packedAt, packedLength } from '../../../../api/core/index/estimate/packed.ts'
import { freezeIndex } from '../../../../api/core/index/frozen.ts'

const label = { vi: 'Tên', en: 'Name' }
const n = 400
const codes = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']

/** A mean of shares, each scored 0–100, asked of different people. */
function definitionOf(weights: readonly number[], aggregate: Aggregate = 'mean', change: Partial<IndexIndicator> = {}) {
  return {
    id: 'small',
    edition: '1',
    official: false,
    label,
    scale: { min: 0, max: 100 },
    nodes: [{ code: 'T', parent: null, aggregate, label, source: 'test' }],
    indicators: weights.map((weight, i) => ({
      code: codes[i]!,
      parent: 'T',
      weight,
      direction: 'higher',
      normalise: { method: 'goalposts', to: [0, 100], bounds: { mode: 'fixed', min: 0, max: 1 } },
      from: { instrument: 'test', item: 'Q', statistic: 'share' },
      label,
      source: 'test',
      ...(i === 0 ? change : {}),
    })),
  } as unknown as IndexDefinition
}

function unitOf(shares: readonly number[]): UnitEstimates {
  const k = shares.length
  const covariance = new Float64Array(packedLength(k))
  shares.forEach((p, i) => (covariance[packedAt(k, i, i)] = (p * (1 - p)) / n))
  return { est: shares, n: shares.map(() => n), kish: shares.map(() => n), covariance, clusters: 60, strata: 1 }
}

const sigma = (p: number) => Math.sqrt(p * (1 - p))
const bias = selectionBias(0.1)
const reachOf = (definition: IndexDefinition, unit: UnitEstimates) =>
  selectionReaches(freezeIndex(definition, new Map()), unit, bias)

describe('what self-selection may do to a composite', () => {
  test('a bias in one direction does not average out over nine items', () => {
    const definition = definitionOf(codes.map(() => 1))
    const unit = unitOf(codes.map(() => 0.6))
    const reaches = reachOf(definition, unit)
    const one = 0.15 * 100 * sigma(0.6)
    for (const code of ['T', ...codes]) {
      expect(reaches.get(code)!.up).toBeCloseTo(one, 9)
      expect(reaches.get(code)!.down).toBeCloseTo(one, 9)
    }
    const total = compositeEstimator(definition, new Map())(unit).find(({ code }) => code === 'T')!.estimate!
    const band = selectionBand(total, 0.1, { reach: reaches.get('T')! })!
    expect(band.reach).toBeCloseTo(one, 9)
    expect([band.lo, band.hi]).toEqual([total.lo! - reaches.get('T')!.down, total.hi! + reaches.get('T')!.up])
  })

  test('of a weighted mean is the weighted mean of the parts’ reaches, whichever way an item counts', () => {
    const unit = unitOf([0.2, 0.5, 0.9])
    const mean = 15 * ((3 * sigma(0.2) + sigma(0.5) + sigma(0.9)) / 5)
    for (const direction of ['higher', 'lower'] as const) {
      const reaches = reachOf(definitionOf([3, 1, 1], 'mean', { direction }), unit)
      expect(reaches.get('T')!.down).toBeCloseTo(mean, 9)
      expect(reaches.get('T')!.up).toBeCloseTo(mean, 9)
    }
  })

  test('ends where the scale does', () => {
    const clipped = { method: 'goalposts', clip: true, to: [0, 100], bounds: { mode: 'fixed', min: 0, max: 0.5 } }
    const reaches = reachOf(
      definitionOf([1, 1], 'mean', { normalise: clipped } as unknown as Partial<IndexIndicator>),
      unitOf([0.5, 0.5]),
    )
    expect(reaches.get('A')!.up).toBe(0)
    expect(reaches.get('A')!.down).toBeCloseTo(15, 9)
    expect(reaches.get('T')!.up).toBeCloseTo(3.75, 9)
  })

  test('is not given where the spread of an item is not known', () => {
    const from = { instrument: 'test', item: 'Q', statistic: 'median' } as unknown as IndexIndicator['from']
    const reaches = reachOf(definitionOf([1, 1], 'mean', from === undefined ? {} : { from }), unitOf([0.5, 0.5]))
    expect([...reaches.keys()]).toEqual(['B'])
  })
})
