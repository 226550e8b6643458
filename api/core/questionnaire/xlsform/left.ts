/** What an XLSForm holds that a questionnaire of ours does not, or not in that form: where it stands, and what became of it. */
export interface Left {
  readonly sheet: string
  /** Row of the sheet from 1; null for a whole sheet or column. */
  readonly row: number | null
  readonly column: string | null
  readonly code: LeftCode
  /** What stands there, shortened. */
  readonly what: string
}

/** Every code with what became of it. Sentences are made in the browser. */
export const LEFT_CODES = [
  // left out as a whole
  'unknown_sheet',
  'type_unsupported',
  'metadata',
  'note_left',
  'repeat_unsupported',
  'in_repeat',
  'unnamed',
  'unknown_list',
  'empty_list',
  'duplicate_option',
  'unused_list',
  'too_many',
  'empty_group',
  // the question is kept without it
  'unknown_column',
  'cell_left',
  'language_left',
  'condition_left',
  'constraint_left',
  'required_left',
  'appearance_left',
  'or_other_left',
  'setting_left',
  // kept in another form
  'name_changed',
  'option_changed',
  'text_shortened',
  'reference_in_text',
  'range_assumed',
  'group_flattened',
  'unclosed_group',
] as const
export type LeftCode = (typeof LEFT_CODES)[number]

/** Entries that are listed; more are counted. */
export const LEFT_MAX = 2000
const WHAT_MAX = 120

/** Gathers what is left, bounded. */
export function leftList() {
  const list: Left[] = []
  let omitted = 0
  return {
    add(sheet: string, row: number | null, column: string | null, code: LeftCode, what: string): void {
      if (list.length >= LEFT_MAX) omitted += 1
      else list.push({ sheet, row, column, code, what: what.length > WHAT_MAX ? `${what.slice(0, WHAT_MAX)}…` : what })
    },
    done: () => ({ left: list, leftOmitted: omitted }),
  }
}
export type LeftList = ReturnType<typeof leftList>
