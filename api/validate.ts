import { zValidator } from '@hono/zod-validator'
import type { ValidationTargets } from 'hono'
import { z } from 'zod'
import { AppError } from './errors.ts'

const MAX_ISSUES = 50

/** What a validator looks at and by which rules, for the description of the API. */
interface Validator {
  target: keyof ValidationTargets
  schema: z.ZodType
}
const validators = new WeakMap<object, Validator>()

/** Checks one part of a request against a schema; a fault becomes `invalid_input` with paths and codes, never values. */
export const validate = <T extends keyof ValidationTargets, S extends z.ZodType>(target: T, schema: S) => {
  const check = zValidator(
    target,
    schema,
    (result) => {
      if (!result.success) throw new AppError('invalid_input', toIssues(result.error))
    },
    // no rule waits for anything, and only then Zod uses the code that it has made of an object's rules. The type asked for cannot be
    // told of a schema that is not known yet.
    { validationFunction: (rules, value) => rules.safeParse(value) as never },
  )
  validators.set(check, { target, schema })
  return check
}

/**
 * A map of a body. The schema library passes over a key `__proto__`, which JSON can hold: it would be dropped without a word. It goes
 * on under a name that nothing has, so that it is refused like any other unknown key.
 */
export const mapOf = <K extends z.ZodString, V extends z.ZodType>(key: K, value: V) =>
  z.preprocess(withoutProto, z.record(key, value))

function withoutProto(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '__proto__')) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key === '__proto__' ? '__proto__ ' : key, one]))
}

/** What a handler checks when it was made by `validate`. */
export const validatorOf = (handler: object): Validator | undefined => validators.get(handler)

/** A schema's faults as paths and codes. Unknown fields are named by path, because the name is what the client must remove. */
export function toIssues(error: z.ZodError | { issues: readonly unknown[] }) {
  return (error as z.ZodError).issues.slice(0, MAX_ISSUES).map((issue) => ({
    path: issue.path.map(String).join('.'),
    code: issue.code === 'unrecognized_keys' ? 'unknown_field' : String(issue.code),
  }))
}
