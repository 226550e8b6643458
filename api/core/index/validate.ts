import { findItem, type Instrument } from '../instrument/definition.ts'
import { definitionSchema, type IndexDefinition, type IndexIndicator } from './definition.ts'

/** One fault of a definition: where, a stable code, and the name it is about where there is one. */
export interface DefinitionFault {
  readonly path: string
  readonly code: string
  readonly subject?: string
}

/** The most faults that are listed. */
const faultsMax = 100

/**
 * Checks an index definition: its shape, one root, no cycles, children and weights for every node, ranges that span
 * something, bounds where a method needs them, and, when instruments are given, that their items and options exist.
 * Returns every fault found (at most 100); none means it can be scored.
 *
 * Codes of the shape: `missing_field` `unknown_field` `wrong_type` `unknown_value` `bad_form` `too_small` `too_large`; of the
 * tree: `duplicate_code` `no_root` `second_root` `unknown_parent` `parent_is_indicator` `cycle` `no_children`
 * `weights_zero`; of ranges: `empty_range` `bounds_needed` `needs_range`; of sources: `unknown_instrument` `unknown_item`
 * `unknown_option` `over_needed`.
 */
export function validateDefinition(value: unknown, instruments?: readonly Instrument[]): DefinitionFault[] {
  const parsed = definitionSchema.safeParse(value)
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => shapeFaults(value, issue, [])).slice(0, faultsMax)
  const definition = parsed.data
  return [
    ...treeFaults(definition),
    ...rangeFaults(definition),
    ...(instruments === undefined ? [] : sourceFaults(definition, instruments)),
  ].slice(0, faultsMax)
}

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}

function shapeFaults(value: unknown, issue: Issue, above: readonly PropertyKey[]): DefinitionFault[] {
  const path = [...above, ...issue.path]
  const name = path.join('.')
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({ path: [...path, key].join('.'), code: 'unknown_field', subject: key }))
  }
  if (valueAt(value, path) === undefined) return [{ path: name, code: 'missing_field' }]
  if (issue.code === 'invalid_union') {
    // An object meant one of the objects of the union: the alternative with the fewest faults tells what is wrong.
    const inner = (issue.errors ?? []).filter((list) =>
      list.every((one) => one.path.length > 0 || one.keys !== undefined),
    )
    const nearest = inner.toSorted((a, b) => a.length - b.length)[0]
    if (nearest !== undefined) return nearest.flatMap((one) => shapeFaults(value, one, path))
    return [{ path: name, code: 'unknown_value' }]
  }
  const codes: Record<string, string> = {
    invalid_type: 'wrong_type',
    invalid_value: 'unknown_value',
    invalid_format: 'bad_form',
    too_small: 'too_small',
    too_big: 'too_large',
  }
  return [{ path: name, code: codes[issue.code] ?? 'wrong_type' }]
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  )
}

function treeFaults({ nodes, indicators }: IndexDefinition): DefinitionFault[] {
  const faults: DefinitionFault[] = []
  const nodeCodes = new Set(nodes.map((node) => node.code))
  const indicatorCodes = new Set(indicators.map((indicator) => indicator.code))
  const rows = [
    ...nodes.map((row, i) => ({ ...row, path: `nodes.${i}` })),
    ...indicators.map((row, i) => ({ ...row, path: `indicators.${i}` })),
  ]

  const seen = new Set<string>()
  for (const { code, path } of rows) {
    if (seen.has(code)) faults.push({ path: `${path}.code`, code: 'duplicate_code', subject: code })
    seen.add(code)
  }
  const roots = rows.filter((row) => row.parent === null)
  if (roots.length === 0) faults.push({ path: 'nodes', code: 'no_root' })
  for (const { path, code } of roots.slice(1))
    faults.push({ path: `${path}.parent`, code: 'second_root', subject: code })
  for (const { path, parent } of rows) {
    if (parent === null || nodeCodes.has(parent)) continue
    const known = indicatorCodes.has(parent) ? 'parent_is_indicator' : 'unknown_parent'
    faults.push({ path: `${path}.parent`, code: known, subject: parent })
  }
  const parents = new Map(nodes.map((node) => [node.code, node.parent]))
  for (const [i, { code }] of nodes.entries()) {
    if (liesBelowItself(code, parents)) faults.push({ path: `nodes.${i}.parent`, code: 'cycle', subject: code })
    const children = rows.filter((row) => row.parent === code)
    if (children.length === 0) faults.push({ path: `nodes.${i}`, code: 'no_children', subject: code })
    else if (children.every((child) => child.weight === 0)) {
      faults.push({ path: `nodes.${i}`, code: 'weights_zero', subject: code })
    }
  }
  return faults
}

function liesBelowItself(code: string, parents: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>()
  for (let at = parents.get(code); at !== undefined && at !== null && !passed.has(at); at = parents.get(at)) {
    if (at === code) return true
    passed.add(at)
  }
  return false
}

function rangeFaults({ scale, indicators }: IndexDefinition): DefinitionFault[] {
  const faults: DefinitionFault[] = []
  if (!(scale.min < scale.max)) faults.push({ path: 'scale', code: 'empty_range' })
  for (const [i, { code, normalise, range }] of indicators.entries()) {
    const add = (path: string, fault: string) =>
      faults.push({ path: `indicators.${i}.${path}`, code: fault, subject: code })
    const { method, to, bounds } = normalise
    // For z the pair is mean and standard deviation.
    if (to !== undefined && !(method === 'z' ? to[1] > 0 : to[0] < to[1])) add('normalise.to', 'empty_range')
    if (bounds?.min !== undefined && bounds.max !== undefined && !(bounds.min < bounds.max)) {
      add('normalise.bounds', 'empty_range')
    }
    if (method === 'goalposts' && bounds === undefined) add('normalise.bounds', 'bounds_needed')
    if (method === 'none' && normalise.clip === true && to === undefined) add('normalise.to', 'needs_range')
    if (range !== undefined && !(range[0] < range[1])) add('range', 'empty_range')
  }
  return faults
}

function sourceFaults({ indicators }: IndexDefinition, instruments: readonly Instrument[]): DefinitionFault[] {
  return indicators.flatMap(({ from }, i): DefinitionFault[] =>
    from === undefined || 'hard' in from ? [] : itemFaults(from, `indicators.${i}.from`, instruments),
  )
}

type FromItem = Extract<IndexIndicator['from'], { instrument: string }>

function itemFaults(from: FromItem, path: string, instruments: readonly Instrument[]): DefinitionFault[] {
  const instrument = instruments.find((one) => one.code === from.instrument)
  if (instrument === undefined) {
    return [{ path: `${path}.instrument`, code: 'unknown_instrument', subject: from.instrument }]
  }
  const item = findItem(instrument, from.item)
  if (item === undefined) return [{ path: `${path}.item`, code: 'unknown_item', subject: from.item }]
  const faults: DefinitionFault[] = []
  for (const [i, option] of (from.options ?? []).entries()) {
    if (item.options.some((known) => known.code === option)) continue
    faults.push({ path: `${path}.options.${i}`, code: 'unknown_option', subject: option })
  }
  if (from.statistic === 'ratio' && from.over === undefined) faults.push({ path: `${path}.over`, code: 'over_needed' })
  if (from.over !== undefined && findItem(instrument, from.over) === undefined) {
    faults.push({ path: `${path}.over`, code: 'unknown_item', subject: from.over })
  }
  return faults
}
