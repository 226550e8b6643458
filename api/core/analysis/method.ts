import { z } from 'zod'
import type { Table } from '../table/table.ts'

/** One statistical method an analyst can call by name on a table, without the web part or a database. */
export interface Method {
  /** Lower case with hyphens: `fay-herriot`. */
  readonly name: string
  /** One line: what it answers. */
  readonly summary: string
  /** Shape of the options; every one has a `.describe()`, shown by `--help`. Unknown options are refused. */
  readonly options: z.ZodObject
  /** Shape of the result in one or two lines. */
  readonly output: string
  /** Handbook, paper or R function whose numbers it reproduces. */
  readonly source: string
  /**
   * The result as plain data (numbers at full precision, null where there is none, never NaN or infinity).
   * @throws DataError for faults of the table, OptionsError for options that do not fit it
   */
  readonly run: (table: Table, options: unknown) => unknown
}

/** Options that are not well formed, or do not fit the data or each other; `path` names the option. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError'
  readonly faults: readonly { readonly path: string; readonly code: string }[]

  constructor(faults: readonly { path: string; code: string }[]) {
    super(faults.map(({ path, code }) => `option ${path === '' ? '(whole)' : path}: ${code}`).join('; '))
    this.faults = faults
  }
}

/**
 * A method from its description: checks the options before the work sees them, and the result before anyone else does.
 * @throws (from `run`) OptionsError, and RangeError when a number of the result is not finite
 */
export function method<Shape extends z.ZodRawShape>(description: {
  name: string
  summary: string
  options: Shape
  output: string
  source: string
  run: (table: Table, options: z.infer<z.ZodObject<Shape, z.core.$strict>>) => unknown
}): Method {
  const options = z.strictObject(description.options)
  return {
    ...description,
    options,
    run: (table, given) => {
      const parsed = options.safeParse(given)
      if (!parsed.success) throw new OptionsError(parsed.error.issues.flatMap(optionFaults))
      const result = description.run(table, parsed.data)
      assertFinite(result, description.name)
      return result
    },
  }
}

function optionFaults(issue: z.core.$ZodIssue): { path: string; code: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), code: 'unknown_option' }))
  return [{ path: issue.path.join('.'), code: issue.code }]
}

function assertFinite(value: unknown, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${path} is not a finite number`)
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) assertFinite(part, `${path}.${key}`)
}
