import type { OptionsError } from '../core/analysis/method.ts'
import { type DataError, describeFault } from '../core/table/data-error.ts'

/** Codes of faults in an analyst's data or options that their name alone does not explain. */
const MEANING: Readonly<Record<string, string>> = {
  not_utf8: 'the file is not UTF-8 text',
  empty_file: 'the file has no header row',
  no_rows: 'the file has a header but no row',
  unclosed_quote: 'a quotation mark is not closed',
  missing_column: 'the header has no column of this name',
  unnamed_column: 'a column has no name',
  duplicate_column: 'two columns have this name',
  too_many_cells: 'more cells than the header has; between commas, numbers need a decimal point',
  too_few_cells: 'fewer cells than the header has',
  not_a_number: 'not a number; decimal point, no thousands marks',
  decimal_comma: 'a decimal comma; write a point',
  not_finite: 'not a finite number',
  missing_value: 'a value is needed here',
  size_varies: 'a group has one size in the whole file',
  events_without_exposure: 'events, but nothing that could have had them',
  one_period: 'two periods are needed',
  several_periods: 'one period is needed',
  no_pairs: 'no row has both values',
  two_raters_needed: 'two different columns of raters are needed',
  two_subjects_needed: 'two rows without a missing rating are needed',
  too_many_rows_for_kendall: 'more rows than can be compared pair by pair; leave kendall out of methods',
  too_many_units: 'more units than the method can compare',
  duplicate_unit: 'a second row for the same unit',
  no_values: 'the column has no value at all',
  not_positive: 'a number above 0 is needed',
  negative_weight: 'a weight below 0',
  no_positive_weight: 'no weight is above 0',
  bad_fpc: 'the size of a population, or the fraction drawn, is above 0',
  mixed_fpc: 'sizes of populations and fractions drawn in one file',
  fpc_varies: 'a stratum has one population',
  fpc_below_sample: 'the population is smaller than what was drawn from it',
  lonely_sampling_unit: 'the only sampling unit of its stratum; "lonely" in the design says what to do with it',
  too_large: 'beyond ±1e40',
  negative: 'must not be below 0',
  weights_of_zero: 'the weights add up to 0',
  fewer_rows_than_terms: 'as many terms as rows to estimate them from, or more',
  one_group: 'two groups are needed',
  one_value_per_group: 'no group has two values, so the spread within groups is unknown',
  unequal_sizes: 'every unit must have the same n; for unequal ones see beta-binomial',
  unequal_variances: 'every unit must have the same variance; for unequal ones see random-effects',
  spread_beyond_beta: 'the shares spread more than any beta distribution',
  too_many_answers: 'more answers in one unit than the method counts through',
  collinear: 'the columns determine each other',
  se_or_variance: 'name one of se and variance',
  x_and_n_together: 'name both x and n, or neither',
  duplicate_row: 'a second row for the same unit and indicator',
  no_known_indicator: 'nothing here is an indicator of the definition',
  outside_range: 'outside the range the indicator can have',
  empty_range: 'the smaller number must come first',
  required: 'a value is needed here',
  unknown_unit: 'no province has this name or NSO code, and no unit of ours this code',
  too_long: 'too long',
  bad_character: 'a control character',
  bad_year: 'not a year',
  bad_period: 'not 2026, 2026-Q3 or 2026-09',
  bad_count: 'not a whole number of 0 or more',
  interval_reversed: 'the upper end lies below the lower one',
  outside_interval: 'the value lies outside its interval',
  not_json: 'not a JSON object',
  unknown_option: 'the method has no such option; see --help',
  invalid_type: 'a value of another kind is needed; see --help',
  invalid_value: 'not one of the choices; see --help',
  too_small: 'too small',
  too_big: 'too large',
  too_few_rows: 'too few rows with a value',
  too_many_rows: 'more rows than the method goes through',
  no_variation: 'the values do not vary, so there is nothing to measure',
  no_baseline: 'no row is marked as baseline',
  excludes_baseline: 'name one of trial and baseline',
  not_true_or_false: 'TRUE or FALSE (1 or 0) is needed',
  too_small_sample: 'the sample has too few values',
  too_large_sample: 'the sample has more values than the tables of ranges',
  only_for_single_values: 'only for rows that are points of their own, without sample',
  only_for_samples: 'only for samples of several values',
  unknown_chart: 'not one of shewhart, ewma, cusum',
  impossible_argument: 'outside what the method can take',
  not_a_probability: 'a p value above 0 and at most 1 is needed',
  unknown_function: 'no function of this name',
  named_twice: 'a column is named twice',
  needed_for_a_matrix: 'needed with input covariance or correlation',
  only_for_a_matrix: 'only with input covariance or correlation',
  only_for_rows: 'not with a matrix',
  no_row_of_variable: 'the matrix has no row of this name',
  not_symmetric: 'differs from the entry across the diagonal',
  not_one: 'a correlation with itself is 1',
  too_many_rows_for_bootstrap: 'fewer replicates (option bootstrap) are needed for so many rows',
  too_many_hidden_cells: 'too many hidden cells hang together',
  inconsistent_totals: 'the totals contradict the cells; no hidden values make them true',
  unknown_dimension: 'not one of the dimensions',
  circular: 'a label is above itself',
}

/** One line for each fault listed: file, line, column, code and what it means. */
export function dataFaultLines({ file, faults, omitted }: DataError): string[] {
  const lines = faults.map((fault) => explainFault(describeFault(file, fault), fault.code))
  return omitted > 0 ? [...lines, `… and ${omitted} more`] : lines
}

export function optionFaultLines({ faults }: OptionsError): string[] {
  return faults.map(({ path, code }) => explainFault(`--options${path === '' ? '' : ` ${path}`}: ${code}`, code))
}

/** A fault's place with what its code means, where the code alone does not say it. */
export function explainFault(place: string, code: string): string {
  const meaning = MEANING[code]
  return meaning === undefined ? place : `${place} (${meaning})`
}
