import { rateLimits } from '../rateLimits.ts'
import { sum } from '../sum.ts'

/** Events and exposure (dossiers, answers) of one unit in one group. */
export interface GroupEvents {
  readonly group: string
  readonly events: number
  readonly exposure: number
}

export interface IndirectlyStandardised {
  readonly observed: number
  readonly expected: number
  /** Observed over expected with its exact interval; null where nothing is expected. */
  readonly ratio: number | null
  readonly lo: number | null
  readonly hi: number | null
}

/** Events per exposure in each group, all units together. */
export function pooledRates(cells: Iterable<GroupEvents>): Map<string, number> {
  const totals = new Map<string, { events: number; exposure: number }>()
  for (const { group, events, exposure } of cells) {
    const total = totals.get(group) ?? { events: 0, exposure: 0 }
    totals.set(group, { events: total.events + events, exposure: total.exposure + exposure })
  }
  return new Map(
    [...totals].flatMap(([group, { events, exposure }]): [string, number][] =>
      exposure > 0 ? [[group, events / exposure]] : [],
    ),
  )
}

/**
 * Events of a unit over those expected if every one of its groups had the reference rate: Σ events / Σ exposure·rate. The
 * interval is exact for a Poisson count, cautious for shares that are not small. For units whose groups are too thin for
 * direct standardisation; ratios of two units compare each with the reference, not with the other.
 * Source: Breslow & Day, Statistical Methods in Cancer Research II (1987), chapter 2; interval Garwood 1936.
 * @param rates reference rate of each group with exposure
 * @throws RangeError when a group with exposure has no rate
 */
export function indirectStandardise(
  cells: readonly GroupEvents[],
  rates: ReadonlyMap<string, number>,
  conf = 0.95,
): IndirectlyStandardised {
  const observed = sum(cells.map(({ events }) => events))
  const expected = sum(
    cells.map(({ group, exposure }) => {
      const rate = exposure === 0 ? 0 : rates.get(group)
      if (rate === undefined) throw new RangeError('indirectStandardise requires a rate for each group')
      return exposure * rate
    }),
  )
  if (!(expected > 0)) return { observed, expected, ratio: null, lo: null, hi: null }
  return { observed, expected, ratio: observed / expected, ...rateLimits(observed, expected, conf) }
}
