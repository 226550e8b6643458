/**
 * Skip logic as JSON. Comparisons with an item that has no answer, or "không biết / không trả lời", are false, so a question
 * that depends on one is not asked.
 *
 * `{ item, is: [codes] }` a chosen option (any of several in multiple choice) · `{ item, from?, to? }` a number, percent or
 * date within ends · `{ item, answered: true|false }` · `{ all: […] }` · `{ any: […] }` · `{ not: … }`.
 */
export type Condition =
  | { readonly item: string; readonly is: readonly string[] }
  | { readonly item: string; readonly from?: number | string; readonly to?: number | string }
  | { readonly item: string; readonly answered: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
