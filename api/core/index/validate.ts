import { shapeFaults } from '../shape/faults.ts'
import { definitionSchema, type IndexDefinition } from './definition.ts'
import { type ItemSource, sourceFaults } from './validate-sources.ts'

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
 * something, bounds where a method needs them, and, when instruments and questionnaires are given, that the items and options
 * exist and can give the statistic asked of them.
 * Returns every fault found (at most 100); none means it can be scored.
 *
 * Codes of the shape: `missing_field` `unknown_field` `wrong_type` `unknown_value` `bad_form` `too_small` `too_large`; of the
 * tree: `duplicate_code` `no_root` `second_root` `unknown_parent` `parent_is_indicator` `cycle` `no_children`
 * `weights_zero`; of ranges: `empty_range` `bounds_needed` `needs_range` `bands_disordered`; of sources: `unknown_instrument`
 * `unknown_item` `unknown_option` `options_needed` `over_needed` `statistic_unfit`.
 */
export function validateDefinition(value: unknown, sources?: readonly ItemSource[]): DefinitionFault[] {
  const parsed = definitionSchema.safeParse(value)
  if (!parsed.success) return shapeFaults(value, parsed.error).slice(0, faultsMax)
  const definition = parsed.data
  return [
    ...treeFaults(definition),
    ...rangeFaults(definition),
    ...(sources === undefined ? [] : sourceFaults(definition, sources)),
  ].slice(0, faultsMax)
}

function treeFaults({ nodes, indicators, blanks = [] }: IndexDefinition): DefinitionFault[] {
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
  const blankCodes = new Set(blanks.map((blank) => blank.code))
  for (const [i, { code, parent }] of blanks.entries()) {
    if (seen.has(code)) faults.push({ path: `blanks.${i}.code`, code: 'duplicate_code', subject: code })
    seen.add(code)
    if (parent === null || (parent !== code && (nodeCodes.has(parent) || blankCodes.has(parent)))) continue
    faults.push({ path: `blanks.${i}.parent`, code: 'unknown_parent', subject: parent })
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

function rangeFaults({ scale, nodes, indicators }: IndexDefinition): DefinitionFault[] {
  const faults: DefinitionFault[] = []
  if (!(scale.min < scale.max)) faults.push({ path: 'scale', code: 'empty_range' })
  for (const [i, { code, bands = [] }] of nodes.entries()) {
    const falling = bands.every(({ from }, at) => at === 0 || from < bands[at - 1]!.from)
    const distinct = new Set(bands.map((band) => band.code)).size === bands.length
    if (!falling || !distinct) faults.push({ path: `nodes.${i}.bands`, code: 'bands_disordered', subject: code })
  }
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
