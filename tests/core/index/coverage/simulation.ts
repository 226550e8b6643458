import type { Aggregate, IndexDefinition, Statistic } from '../../../../api/core/index/definition.ts'
import { AnswersBuilder } from '../../../../api/core/index/estimate/answers.ts'
import { arrange } from '../../../../api/core/index/estimate/arrange.ts'
import { compositeEstimator } from '../../../../api/core/index/estimate/composite.ts'
import { linearise, rowsOf } from '../../../../api/core/index/estimate/linearise.ts'
import { normalQuantile } from '../../../../api/core/stats/normalQuantile.ts'
import { seeded } from '../../stats/seeded.ts'

/** How people come: n of them, one a day or several, who then share the day's luck. */
export interface Arrival {
  readonly n: number
  readonly days: number
  /** Correlation of two people's inclinations on one day. */
  readonly together: number
  /** How often two people of one day give the very same answer, because the whole day went that way. */
  readonly alike?: number
}

/** What is asked. A person's answers to different items agree too. */
interface Item {
  readonly code: string
  readonly parent: string
  readonly statistic: Statistic
  /** Chance of each value from 0 up. */
  readonly chances: readonly number[]
  /** The item is asked of five in eight people, by turns. */
  readonly rotated?: true
}

const share = (p: number) => [1 - p, p]
const five = [0.04, 0.08, 0.18, 0.4, 0.3]
export const shares = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97] as const

const items: readonly Item[] = [
  ...shares.map((p) => ({ code: `share ${p}`, parent: 'shares', statistic: 'share' as const, chances: share(p) })),
  { code: 'mean of five levels', parent: 'means', statistic: 'mean', chances: five },
  { code: 'mean of points 0–2', parent: 'means', statistic: 'mean', chances: [0.05, 0.15, 0.8] },
  { code: 'interpolated median', parent: 'medians', statistic: 'interpolated-median', chances: five },
  ...[0.9, 0.8, 0.7].map((p, i) => ({
    code: `S${i}`,
    parent: 'mixed',
    statistic: 'share' as const,
    chances: share(p),
  })),
  { code: 'S3', parent: 'mixed', statistic: 'mean', chances: five },
  ...[0.9, 0.8, 0.7].map((p, i) => ({
    code: `G${i}`,
    parent: 'geometric',
    statistic: 'share' as const,
    chances: share(p),
  })),
  ...Array.from({ length: 8 }, (_, i) => ({
    code: `E${i}`,
    parent: 'eight rotated shares near 0.95',
    statistic: 'share' as const,
    chances: share(0.93 + 0.005 * i),
    rotated: true as const,
  })),
]

const label = { vi: 'Thử', en: 'Trial' }
const aggregates: Readonly<Record<string, Aggregate>> = {
  geometric: 'geometric',
  'eight rotated shares near 0.95': 'sum',
}
const definition: IndexDefinition = {
  id: 'coverage',
  edition: '1',
  official: false,
  label,
  scale: { min: 1, max: 10 },
  nodes: ['total', ...new Set(items.map(({ parent }) => parent))].map((code) => ({
    code,
    parent: code === 'total' ? null : 'total',
    aggregate: aggregates[code] ?? 'mean',
    label,
    source: 'test',
  })),
  indicators: items.map(({ code, parent, statistic, chances }) => {
    const max = chances.length - 1
    const half = statistic === 'interpolated-median' ? 0.5 : 0
    return {
      code,
      parent,
      direction: 'higher',
      normalise: { method: 'goalposts', to: [1, 10], bounds: { mode: 'fixed', min: -half, max: max + half } },
      range: [-half, max + half],
      from: { instrument: 'test', item: code, statistic },
      label,
      source: 'test',
    }
  }),
}

/** What is judged: single statistics, and composites of them. */
export const judged = [
  ...shares.map((p) => `share ${p}`),
  'mean of five levels',
  'mean of points 0–2',
  'interpolated median',
  'mixed',
  'geometric',
  'eight rotated shares near 0.95',
  'total',
] as const

const columns = items.map(({ code, statistic }) => ({ code, statistic, rates: 'responsible' as const }))
const columnOf = new Map(items.map(({ code }, i) => [code, i]))
const estimator = compositeEstimator(definition, new Map())

/** Correlation of a person's inclinations to different items. */
const personal = 0.3

/** From which inclination (standard normal) an answer is 1, 2, …: people are inclined by their day, by themselves and by chance. */
const thresholds = items.map(({ chances }) =>
  chances
    .slice(0, -1)
    .map((_, value) => normalQuantile(chances.slice(0, value + 1).reduce((sum, chance) => sum + chance, 0))),
)

/** One survey of one unit; days differ in how many come. */
function survey({ n, days, together, alike = 0 }: Arrival, random: () => number) {
  const builder = new AnswersBuilder(columns)
  const normal = normals(random)
  const [ofDay, ofPerson, ofChance] = [together, personal, 1 - together - personal].map(Math.sqrt) as [
    number,
    number,
    number,
  ]
  let came = 0
  for (let day = 0; day < days; day += 1) {
    const left = days - day - 1
    const size = left === 0 ? n - came : Math.round(((n - came) / (left + 1)) * (0.5 + random()))
    const today = Math.min(Math.max(1, size), n - came - left)
    const luck = items.map(() => normal())
    for (let i = 0; i < today; i += 1) {
      const own = normal()
      const values = items.map(({ rotated }, at) => {
        if (rotated && (came + i + at) % 8 >= 5) return null
        const asTheDay = alike > 0 && random() < Math.sqrt(alike)
        const inclination = asTheDay ? luck[at]! : ofDay * luck[at]! + ofPerson * own + ofChance * normal()
        return thresholds[at]!.filter((threshold) => inclination >= threshold).length
      })
      builder.add({ responsible: 0, receiving: 0, day }, values)
    }
    came += today
  }
  const answers = builder.build()
  const inScope = Uint8Array.of(1)
  return arrange(definition, linearise(answers, rowsOf(answers, inScope), inScope), columnOf)
}

/** Standard normal numbers by Box and Muller. */
function normals(random: () => number): () => number {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const value = spare
      spare = null
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    const angle = 2 * Math.PI * random()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** The value each judged statistic has in the population, by the same arithmetic as a survey of everyone. */
const truth = new Map(
  estimator({
    est: items.map(({ chances, statistic }) => {
      const mean = chances.reduce((sum, chance, value) => sum + chance * value, 0)
      if (statistic !== 'interpolated-median') return mean
      // 0.04 + 0.08 + 0.18 lie below the median's class.
      return 3 - 0.5 + (0.5 - 0.3) / 0.4
    }),
    n: items.map(() => 1000),
    kish: items.map(() => 1000),
    covariance: new Float64Array((items.length * (items.length + 1)) / 2).fill(1e-6),
    clusters: 1000,
    strata: 1,
  }).map(({ code, estimate }) => [code, estimate!.est!]),
)

/** How often the 95 % intervals of many surveys hold the truth, and their mean width, by statistic. */
export function coverage(
  arrival: Arrival,
  surveys: number,
  seed: number,
): Map<string, { covered: number; width: number }> {
  const random = seeded(seed)
  const counts = new Map<string, { covered: number; width: number }>(
    judged.map((code) => [code, { covered: 0, width: 0 }]),
  )
  for (let i = 0; i < surveys; i += 1) {
    for (const { code, estimate } of estimator(survey(arrival, random))) {
      const count = counts.get(code)
      if (count === undefined) continue
      const value = truth.get(code)!
      if (estimate === null || estimate.lo === null || estimate.hi === null) throw new Error(`no interval for ${code}`)
      count.covered += Number(estimate.lo <= value + 1e-12 && value <= estimate.hi + 1e-12) / surveys
      count.width += (estimate.hi - estimate.lo) / surveys
    }
  }
  return counts
}
