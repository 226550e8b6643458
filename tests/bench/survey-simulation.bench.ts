import { firmsPopulation } from '../core/results/firms-population.ts'
import {
  FRAME_ONLY,
  ONE_STAGE,
  POPULATION,
  simulateCampaigns,
  TWO_STAGES,
  withCorrelation,
  type SimulatedDesign,
} from '../core/results/simulated-campaigns.ts'
import type { Benchmark, Measurement } from '../support/benchmark.ts'

/** Campaigns over firms whose truth is known, as in docs/survey-simulation.md. `--campaigns N`, default 500. */
export const benchmark: Benchmark = (options) => {
  const campaigns = options.number('campaigns', 500)
  const firms = firmsPopulation(POPULATION.firms, POPULATION.seed)
  const designs: [string, SimulatedDesign][] = [
    ['one stage, classes', ONE_STAGE],
    ['one stage, raking', { ...ONE_STAGE, weighting: 'raking' }],
    ['two stages', TWO_STAGES],
  ]
  const models = [
    { what: 'size and sector', model: FRAME_ONLY, rho: 0.05 },
    ...[0.05, 0.1].map((rho) => ({
      what: `and satisfaction, ρ ${rho}`,
      model: withCorrelation(firms, FRAME_ONLY, rho),
      rho,
    })),
  ]
  const per = (part: number) => Math.round(1000 * part) / 10
  return Promise.resolve(
    designs.flatMap(([name, design]) =>
      models.flatMap(({ what, model, rho }): Measurement[] => {
        options.progress(`${name}: answering depends on ${what}`)
        const found = simulateCampaigns(firms, model, design, { campaigns, seed: 1, rho })
        const about = `${name}; answering depends on ${what}`
        return [
          {
            name: `mean absolute error, ${about}`,
            unit: 'points of 9',
            value: found.errorWeighted,
            baseline: { name: 'the same without weights', value: found.errorUnweighted },
            note: `${campaigns} campaigns, ${Math.round(found.answers)} answers of ${per(found.participation)} % asked, Kish ${found.deff.toFixed(2)}`,
          },
          {
            name: `95 % intervals that hold the truth, ${about}`,
            unit: '%',
            value: per(found.covered),
            note: `least of ten figures ${per(found.coveredLeast)}`,
          },
          {
            name: `selection bands of strength ${rho} that hold it, ${about}`,
            unit: '%',
            value: per(found.banded),
            note: `least of ten figures ${per(found.bandedLeast)}`,
          },
        ]
      }),
    ),
  )
}
