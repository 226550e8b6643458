/** One fault in a data file: where it is and a stable code. `line` from 1 (the header is line 1); null where the whole file is meant. */
export interface DataFault {
  readonly code: string
  readonly line: number | null
  readonly column: string | null
}

/** The most faults that are listed; the rest is counted. */
export const faultsMax = 50

/**
 * A data file that cannot be used as it is. Carries every fault found (at most `faultsMax` listed), never a cell's text.
 * Codes: `empty_file` `no_rows` `unclosed_quote` `missing_column` `duplicate_column` `too_many_cells` `too_few_cells`
 * `not_a_number` `decimal_comma` `not_finite` `missing_value` and those of the methods.
 */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly file: string
  readonly faults: readonly DataFault[]
  readonly omitted: number

  constructor(file: string, faults: readonly DataFault[]) {
    super(
      faults
        .slice(0, 3)
        .map((fault) => describeFault(file, fault))
        .join('; '),
    )
    this.file = file
    this.faults = faults.slice(0, faultsMax)
    this.omitted = Math.max(0, faults.length - faultsMax)
  }
}

/** `data.csv line 4 column pop: not_a_number`. */
export function describeFault(file: string, { code, line, column }: DataFault): string {
  const place = [file, line === null ? '' : `line ${line}`, column === null ? '' : `column ${column}`]
  return `${place.filter((part) => part !== '').join(' ')}: ${code}`
}
