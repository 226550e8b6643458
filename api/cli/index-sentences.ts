import type { DefinitionFault } from '../core/index/validate.ts'

const sentences: Readonly<Record<string, string>> = {
  not_json: 'is not JSON',
  missing_field: 'is missing',
  unknown_field: 'is not a field of the format',
  wrong_type: 'has the wrong type',
  unknown_value: 'is none of the allowed values',
  bad_form: 'does not have the right form',
  too_small: 'is too small or too short',
  too_large: 'is too large or too long',
  duplicate_code: 'is the code of another row too',
  no_root: 'have no root: one node must have parent null',
  second_root: 'makes a second root: only one node may have parent null',
  unknown_parent: 'names a parent that does not exist',
  parent_is_indicator: 'names an indicator as parent: only nodes have children',
  cycle: 'puts the node below itself',
  no_children: 'has no children',
  weights_zero: 'has only children of weight 0',
  empty_range: 'spans nothing: the first number must be below the second',
  bounds_needed: 'is missing: goalposts need bounds',
  needs_range: 'is missing: clipping needs a range',
  bands_disordered: 'must fall from the best band down, each with a code of its own',
  unknown_instrument: 'names an instrument that is not known',
  unknown_item: 'names an item that the instrument does not have',
  unknown_option: 'names an option that the item does not have',
  options_needed: 'is missing: no option of the item is marked favourable',
  statistic_unfit: 'is not a statistic that the item can give',
  over_needed: 'is missing: a ratio needs the item below the line',
}

/** `my.json: nodes.2.parent (S5.1) names a parent that does not exist [unknown_parent]`. */
export function faultLine(file: string, { path, code, subject }: DefinitionFault): string {
  const place = [path, subject === undefined ? '' : `(${subject})`].filter((part) => part !== '').join(' ')
  return `${file}: ${place === '' ? 'the definition' : place} ${sentences[code] ?? 'does not hold'} [${code}]`
}
