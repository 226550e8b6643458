import { expect, test } from 'vitest'
import { firmsPopulation } from './firms-population.ts'
import {
  FRAME_ONLY,
  ONE_STAGE,
  POPULATION,
  simulateCampaigns,
  TWO_STAGES,
  withCorrelation,
} from './simulated-campaigns.ts'

/**
 * The full series of 500 campaigns is `npm run bench -- survey-simulation` (docs/survey-simulation.md). Figures of sixty are sure
 * to about ± 3 per cent, which is why the limits here are wider than those that the 500 keep.
 */
const RUNS = { campaigns: 60, seed: 7 }
const firms = firmsPopulation(POPULATION.firms, POPULATION.seed)

test.each([
  ['one stage, classes', ONE_STAGE],
  ['one stage, raking', { ...ONE_STAGE, weighting: 'raking' as const }],
  ['two stages', TWO_STAGES],
])(
  'where answering depends on size and sector, weights halve the error and intervals hold the truth: %s',
  (_, design) => {
    const found = simulateCampaigns(firms, FRAME_ONLY, design, { ...RUNS, rho: 0.05 })
    expect(found.errorWeighted / found.errorUnweighted).toBeLessThanOrEqual(0.5)
    expect(found.covered).toBeGreaterThanOrEqual(0.9)
    expect(found.covered).toBeLessThanOrEqual(0.99)
  },
)

test('where it depends on satisfaction itself, intervals lose the truth and the band keeps it at the strength it states', () => {
  const model = withCorrelation(firms, FRAME_ONLY, 0.05)
  const found = simulateCampaigns(firms, model, ONE_STAGE, { ...RUNS, rho: 0.05 })
  expect(found.covered).toBeLessThan(0.8)
  expect(found.banded).toBeGreaterThanOrEqual(0.95)
  const weaker = simulateCampaigns(firms, model, ONE_STAGE, { ...RUNS, rho: 0.005 })
  expect(weaker.banded).toBeLessThan(0.8)
})
