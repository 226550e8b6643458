import type { IndexDefinition } from '../../../api/core/index/definition.ts'
import type { Questionnaire, SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { normalDraws } from '../../../api/core/stats/normalDraws.ts'
import { seeded } from '../stats/seeded.ts'

/** A firm of the simulated population, with what it would say. */
export interface Firm {
  readonly size: (typeof SIZES)[number]
  readonly sector: (typeof SECTORS)[number]
  /** Commune, the first-stage unit of a two-stage sample. */
  readonly commune: string
  /** How content it is in general: mean 0, deviation about 1. */
  readonly content: number
  /** Option places of its answers to the six questions, 0 the best. */
  readonly says: readonly number[]
}

export const SIZES = ['micro', 'small', 'medium', 'large'] as const
export const SECTORS = ['farming', 'making', 'building', 'trade', 'services'] as const
const SIZE_SHARE = [0.58, 0.26, 0.11, 0.05]
const SECTOR_SHARE = [0.1, 0.22, 0.14, 0.34, 0.2]
/** Larger firms and those that make things are more content. */
export const SIZE_EFFECT = [-0.3, 0.15, 0.45, 0.7]
export const SECTOR_EFFECT = [-0.35, 0.4, -0.25, 0.1, 0.15]
const ITEMS = 6
/** Inclination above which an answer is "agree strongly", "agree" … */
const STEPS = [0.9, -0.1, -0.9, -1.6]
const LOADING = 0.75

const words = (text: string) => ({ vi: text, en: text })

/** Six five-level questions in three groups. */
export const FORM: Questionnaire = {
  code: 'simulated',
  version: 1,
  kind: 'survey',
  title: words('Simulated'),
  languages: ['vi', 'en'],
  notice: { version: '1', text: words('-') },
  population: 'business',
  sections: [
    {
      code: 'all',
      title: words('All'),
      items: Array.from({ length: ITEMS }, (_, i): SurveyItem => ({
        code: `Q${i}`,
        type: 'single',
        text: words(`Question ${i}`),
        short: words(`Q${i}`),
        na: true,
        source: 'simulation',
        options: [5, 4, 3, 2, 1].map((value) => ({
          code: String(value),
          text: words(String(value)),
          value,
          ...(value >= 4 ? { favourable: true as const } : {}),
        })),
      })),
    },
  ],
}

/** Shares of favourable answers as 1 + 9x, two to a sub-index; the index is ten times the mean of three. */
export const EDITION = {
  id: 'simulated',
  edition: '1',
  official: false,
  label: words('Simulated'),
  scale: { min: 10, max: 100 },
  nodes: [
    { code: 'ALL', parent: null, aggregate: 'mean', multiply: 10, label: words('All'), source: '-' },
    ...[0, 1, 2].map((k) => ({ code: `SUB${k}`, parent: 'ALL', aggregate: 'mean', label: words('-'), source: '-' })),
  ],
  indicators: Array.from({ length: ITEMS }, (_, i) => ({
    code: `I${i}`,
    parent: `SUB${Math.floor(i / 2)}`,
    direction: 'higher',
    normalise: { method: 'goalposts', to: [1, 10], bounds: { mode: 'fixed', min: 0, max: 1 } },
    from: { instrument: 'simulated', item: `Q${i}`, statistic: 'share' },
    label: words('-'),
    source: '-',
  })),
} as unknown as IndexDefinition

/** A population of firms that is the same on every machine. */
export function firmsPopulation(count: number, seed: number): Firm[] {
  const random = seeded(seed)
  const normal = normalDraws(seed)
  const communes = Array.from({ length: 60 }, (_, c) => ({
    name: `C${String(c).padStart(2, '0')}`,
    effect: 0.25 * normal(),
  }))
  return Array.from({ length: count }, () => {
    const size = pick(SIZE_SHARE, random())
    const sector = pick(SECTOR_SHARE, random())
    // communes are of unequal size
    const commune = communes[Math.floor(communes.length * random() ** 1.5)]!
    const content = SIZE_EFFECT[size]! + SECTOR_EFFECT[sector]! + commune.effect + 0.8 * normal()
    const says = Array.from({ length: ITEMS }, (_, i) => {
      const inclination = LOADING * content + Math.sqrt(1 - LOADING ** 2) * normal() + 0.15 * (i - 2)
      const step = STEPS.findIndex((from) => inclination >= from)
      return step === -1 ? STEPS.length : step
    })
    return { size: SIZES[size]!, sector: SECTORS[sector]!, commune: commune.name, content, says }
  })
}

/** What each firm adds to the average behind every element of the edition, by code: scores are exactly the averages of these. */
export function truthColumns(firms: readonly Firm[]): Map<string, Float64Array> {
  const items = Array.from({ length: ITEMS }, (_, i) =>
    Float64Array.from(firms, ({ says }) => 1 + 9 * Number(says[i]! <= 1)),
  )
  const mean = (columns: readonly Float64Array[], times = 1) =>
    Float64Array.from(firms, (_, f) => (times * columns.reduce((sum, column) => sum + column[f]!, 0)) / columns.length)
  const subs = [0, 1, 2].map((k) => mean([items[2 * k]!, items[2 * k + 1]!]))
  return new Map([
    ['ALL', mean(subs, 10)],
    ...subs.map((column, k) => [`SUB${k}`, column] as const),
    ...items.map((column, i) => [`I${i}`, column] as const),
  ])
}

function pick(shares: readonly number[], u: number): number {
  let sum = 0
  const at = shares.findIndex((share) => u < (sum += share))
  return at === -1 ? shares.length - 1 : at
}
