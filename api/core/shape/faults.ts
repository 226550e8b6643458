import type { z } from 'zod'

/** One fault of a value's shape: where, a stable code, and the name it is about where there is one. */
export interface ShapeFault {
  readonly path: string
  readonly code: string
  readonly subject?: string
}

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}

const CODES: Readonly<Record<string, string>> = {
  invalid_type: 'wrong_type',
  invalid_value: 'unknown_value',
  invalid_format: 'bad_form',
  too_small: 'too_small',
  too_big: 'too_large',
  custom: 'bad_text',
}

/**
 * What a schema finds wrong with a value, as paths and stable codes: `missing_field` `unknown_field` `wrong_type`
 * `unknown_value` `bad_form` `too_small` `too_large`, and `bad_text` for a rule of our own about characters.
 */
export function shapeFaults(value: unknown, error: z.ZodError): ShapeFault[] {
  return error.issues.flatMap((issue) => faultsOf(value, issue, []))
}

/** What stands at a path, undefined where nothing does. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  )
}

function faultsOf(value: unknown, issue: Issue, above: readonly PropertyKey[]): ShapeFault[] {
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
    if (nearest !== undefined) return nearest.flatMap((one) => faultsOf(value, one, path))
    return [{ path: name, code: 'unknown_value' }]
  }
  return [{ path: name, code: CODES[issue.code] ?? 'wrong_type' }]
}
