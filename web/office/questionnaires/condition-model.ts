import type { Condition } from '../../../api/core/questionnaire/condition.ts'

/** One line of the small form: an item, how it is compared, and with what. */
export interface Test {
  readonly item: string
  readonly kind: 'is' | 'isNot' | 'between' | 'answered' | 'unanswered'
  readonly is: readonly string[]
  readonly from?: number | string
  readonly to?: number | string
}
/** A condition that the small form can show: lines of which all, or any, must hold. */
export interface Tests {
  readonly join: 'all' | 'any'
  readonly tests: readonly Test[]
}

/** The lines of a condition, or null for one that nests deeper than the form shows. */
export function testsOf(condition: Condition): Tests | null {
  const join = 'any' in condition ? 'any' : 'all'
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition]
  const tests = parts.map(testOf).filter((test) => test !== null)
  return tests.length === parts.length ? { join, tests } : null
}

function testOf(condition: Condition): Test | null {
  if ('not' in condition) {
    const { not } = condition
    return 'is' in not ? { item: not.item, kind: 'isNot', is: not.is } : null
  }
  if ('all' in condition || 'any' in condition) return null
  const { item } = condition
  if ('is' in condition) return { item, kind: 'is', is: condition.is }
  if ('answered' in condition) return { item, kind: condition.answered ? 'answered' : 'unanswered', is: [] }
  const { from, to } = condition
  return {
    item,
    kind: 'between',
    is: [],
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** The condition of some lines. */
export function conditionFrom({ join, tests }: Tests): Condition {
  const parts = tests.map(partOf)
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  return join === 'all' ? { all: parts } : { any: parts }
}

function partOf({ item, kind, is, from, to }: Test): Condition {
  if (kind === 'is') return { item, is }
  if (kind === 'isNot') return { not: { item, is } }
  if (kind !== 'between') return { item, answered: kind === 'answered' }
  return { item, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
