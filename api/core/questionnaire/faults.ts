/** One fault of a questionnaire: where, a stable code, and the code of the item, option or unit it is about. */
export interface QuestionnaireFault {
  readonly path: string
  readonly code: FaultCode
  readonly subject?: string
  /** Worth knowing, but no hindrance to publishing. */
  readonly note?: true
}

/** Every code with what it means. Sentences are made in the browser. */
export const FAULT_CODES = [
  // shape
  'missing_field',
  'unknown_field',
  'wrong_type',
  'unknown_value',
  'bad_form',
  'too_small',
  'too_large',
  'too_deep',
  'bad_text',
  // texts
  'missing_text',
  'missing_translation',
  'unknown_placeholder',
  'unit_outside_repeat',
  'placeholder_differs',
  // codes
  'duplicate_code',
  'name_taken',
  'other_name',
  'too_many_items',
  // options, ranges, forms
  'too_few_options',
  'value_missing',
  'all_favourable',
  'exclusive_unfit',
  'at_most_unfit',
  'empty_range',
  'too_precise',
  'bad_day',
  'forms_needed',
  'unknown_form',
  'all_treated',
  'lineage_later',
  // conditions and repeats
  'unknown_item',
  'reads_matrix',
  'reads_later',
  'loop',
  'reads_repeated',
  'reads_sensitive',
  'comparison_unfit',
  'unknown_option',
  'out_of_range',
  'not_units',
  'units_in_repeat',
  // what can never happen
  'unreachable',
  'dead_option',
  'dead_comparison',
  'always_asked',
  'not_decided',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]
