import type { CaseGroup } from '../explore/change.ts'
import type { UnitInput } from './inputs.ts'
import { OTHER_FIELDS } from './unit-inputs.ts'

/** A unit's inputs of one run, with the fields that its mix names by number. */
export interface MixedUnit {
  readonly input: Pick<UnitInput, 'mix'>
  readonly mixGroups: readonly string[]
}

/**
 * Means of one indicator by field of procedures in two runs, over the same groups: fields that both keep apart, and the rest
 * together. Null where either has none.
 */
export function sharedGroups(
  first: MixedUnit,
  second: MixedUnit,
  [firstAt, secondAt]: readonly [number, number],
): { before: CaseGroup[]; after: CaseGroup[] } | null {
  const [a, b] = [groupsOf(first, firstAt), groupsOf(second, secondAt)]
  if (a.length === 0 || b.length === 0) return null
  const names = (groups: readonly CaseGroup[]) => new Set(groups.map(({ group }) => group))
  const [inA, inB] = [names(a), names(b)]
  const shared = new Set([...inA].filter((name) => name !== OTHER_FIELDS && inB.has(name)))
  return { before: pooled(a, shared), after: pooled(b, shared) }
}

function groupsOf({ input: { mix }, mixGroups }: MixedUnit, indicator: number): CaseGroup[] {
  const groups: CaseGroup[] = []
  for (let k = 0; k < mix.indicator.length; k += 1) {
    if (mix.indicator[k] !== indicator) continue
    groups.push({ group: mixGroups[mix.group[k]!] ?? OTHER_FIELDS, size: mix.weight[k]!, mean: mix.mean[k]! })
  }
  return groups
}

function pooled(groups: readonly CaseGroup[], apart: ReadonlySet<string>): CaseGroup[] {
  const kept = groups.filter(({ group }) => apart.has(group))
  const rest = groups.filter(({ group }) => !apart.has(group))
  const size = rest.reduce((sum, one) => sum + one.size, 0)
  if (!(size > 0)) return kept
  const total = rest.reduce((sum, one) => sum + one.size * one.mean, 0)
  return [...kept, { group: OTHER_FIELDS, size, mean: total / size }]
}
