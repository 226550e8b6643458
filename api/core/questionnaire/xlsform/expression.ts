import type { Condition } from '../condition.ts'
import type { SurveyItem } from '../definition.ts'

/** What an expression may read: the item behind a name, and the code behind an option's name in it. */
export interface Known {
  readonly item: SurveyItem
  /** Code of the item, or of the row of a matrix, under which the answer travels. */
  readonly code: string
  readonly option: (name: string) => string | null
}
export type Lookup = (name: string) => Known | null

const LENGTH_MAX = 4000
const DEPTH_MAX = 12

type Token =
  | { readonly kind: 'ref' | 'text' | 'word' | 'sign'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly value: number }

/**
 * Turns an XLSForm expression of the plain kind into a condition that holds for the same answers: comparisons of a question with
 * a value, `selected()`, whether it was answered, joined by `and`, `or` and `not()`. Null for anything else, which is not guessed.
 * (XLSForm.org, "Form logic"; operators of XPath 1.0 §3.4.)
 * @param text `${age} >= 18 and selected(${uses}, 'web')`; in a constraint `.` is the question itself
 */
export function conditionOf(text: string, lookup: Lookup): Condition | null {
  if (text.length > LENGTH_MAX) return null
  const tokens = tokensOf(text)
  if (tokens === null) return null
  let at = 0
  const isNext = (kind: Token['kind'], wanted: string) => tokens[at]?.kind === kind && tokens[at]?.text === wanted
  const take = (kind: Token['kind'], wanted: string): boolean => {
    const found = isNext(kind, wanted)
    if (found) at += 1
    return found
  }

  const chain = (depth: number, word: 'and' | 'or', part: (depth: number) => Condition | null): Condition | null => {
    const parts = [part(depth)]
    while (take('word', word)) parts.push(part(depth))
    const known = parts.filter((one) => one !== null)
    if (known.length < parts.length) return null
    return word === 'and' ? joinAll(known) : joinAny(known)
  }
  const either = (depth: number): Condition | null =>
    depth > DEPTH_MAX ? null : chain(depth, 'or', (inner) => chain(inner, 'and', term))

  function term(depth: number): Condition | null {
    if (take('word', 'not')) {
      const inner = take('sign', '(') ? either(depth + 1) : null
      return inner !== null && take('sign', ')') ? { not: inner } : null
    }
    if (take('word', 'selected')) return selected()
    if (take('sign', '(')) {
      const inner = either(depth + 1)
      return inner !== null && take('sign', ')') ? inner : null
    }
    return comparison()
  }

  function selected(): Condition | null {
    const [open, ref, comma, value, close] = tokens!.slice(at, at + 5)
    at += 5
    const isWhole = open?.text === '(' && ref?.kind === 'ref' && comma?.text === ',' && close?.text === ')'
    if (!isWhole || (value?.kind !== 'text' && value?.kind !== 'number')) return null
    const known = lookup(ref.text)
    return known === null ? null : chosen(known, value.text)
  }

  function comparison(): Condition | null {
    const left = operand()
    const sign = tokens![at]
    at += 1
    const right = operand()
    if (left === null || right === null || sign?.kind !== 'sign') return null
    const isTurned = left.kind !== 'ref'
    const [ref, value] = isTurned ? [right, left] : [left, right]
    if (ref.kind !== 'ref' || value.kind === 'ref') return null
    const known = lookup(ref.text)
    const operator = isTurned ? (TURNED[sign.text] ?? sign.text) : sign.text
    return known === null ? null : compared(known, operator, value)
  }

  /** A question, or a value; a day may be written `date('2026-01-31')`. */
  function operand(): Token | null {
    const token = tokens![at]
    at += 1
    if (token?.kind === 'word' && token.text === 'date') {
      const value = take('sign', '(') ? tokens![at] : undefined
      at += 1
      return value?.kind === 'text' && take('sign', ')') ? value : null
    }
    return token !== undefined && token.kind !== 'word' && token.kind !== 'sign' ? token : null
  }

  const whole = either(0)
  return at === tokens.length ? whole : null
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }
const TOKEN =
  /\s*(?:\$\{\s*([^{}\s]+)\s*\}|'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?)(?![\w.])|(\.)(?![\w.])|(<=|>=|!=|=|<|>|\(|\)|,)|([a-z][a-z-]*))/iy

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text)
    if (match === null) return null
    const [, ref, single, double, number, self, sign, word] = match
    if (ref !== undefined || self !== undefined) tokens.push({ kind: 'ref', text: ref ?? self ?? '' })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, value: Number(number) })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() })
    else tokens.push({ kind: 'text', text: single ?? double ?? '' })
  }
  return tokens
}

function compared(known: Known, operator: string, value: Token): Condition | null {
  const { item, code } = known
  if (value.text === '' && value.kind === 'text') {
    if (operator === '=') return { item: code, answered: false }
    return operator === '!=' ? { item: code, answered: true } : null
  }
  if (item.type === 'single' || item.type === 'matrix') {
    const is = operator === '=' || operator === '!=' ? chosen(known, value.text) : null
    return is !== null && operator === '!=' ? { not: is } : is
  }
  const step = stepOf(item, value)
  if (step === null) return null
  switch (operator) {
    case '=':
      return { item: code, from: step.at, to: step.at }
    case '!=':
      return { not: { item: code, from: step.at, to: step.at } }
    case '>=':
      return { item: code, from: step.at }
    case '<=':
      return { item: code, to: step.at }
    case '>':
      return { item: code, from: step.next }
    case '<':
      return { item: code, to: step.before }
    default:
      return null
  }
}

const chosen = ({ item, code, option }: Known, name: string): Condition | null => {
  const found = 'options' in item ? option(name) : null
  return found === null ? null : { item: code, is: [found] }
}

/** A value that an item can be compared with, and its neighbours on the grid of what can be answered. */
function stepOf(
  item: SurveyItem,
  value: Token,
): { at: number | string; next: number | string; before: number | string } | null {
  if (item.type === 'number') {
    const at = value.kind === 'number' ? value.value : Number.NaN
    const decimals = item.decimals ?? 0
    const whole = Number(at.toFixed(decimals))
    const by = (steps: number) => Number((whole + steps * 10 ** -decimals).toFixed(decimals))
    // Between two answers that are possible, `>` and `>=` are the same; so they are for what lies on the grid alone.
    return whole === at ? { at, next: by(1), before: by(-1) } : null
  }
  if (item.type !== 'date' || value.kind !== 'text' || !/^\d{4}-\d{2}-\d{2}$/.test(value.text)) return null
  const time = Date.parse(`${value.text}T00:00:00Z`)
  const day = (by: number) => new Date(time + by * 86_400_000).toISOString().slice(0, 10)
  return Number.isFinite(time) && day(0) === value.text ? { at: day(0), next: day(1), before: day(-1) } : null
}

type Range = Extract<Condition, { from?: unknown; to?: unknown }>
const isRange = (one: Condition): one is Range => 'from' in one || 'to' in one

/** All of these: ends of one range become one comparison. */
function joinAll(parts: readonly Condition[]): Condition {
  const found: Condition[] = []
  for (const part of parts) {
    const at = found.findIndex(
      (one) =>
        isRange(one) &&
        isRange(part) &&
        one.item === part.item &&
        !Object.keys(part).some((key) => key !== 'item' && key in one),
    )
    if (at >= 0) found[at] = { ...found[at], ...part } as Condition
    else found.push(part)
  }
  return found.length === 1 ? found[0]! : { all: found }
}

/** Any of these: options of one question become one comparison. */
function joinAny(parts: readonly Condition[]): Condition {
  const found: Condition[] = []
  for (const part of parts) {
    const at = found.findIndex((one) => 'is' in one && 'is' in part && one.item === part.item)
    const before = found[at]
    if (before !== undefined && 'is' in before && 'is' in part)
      found[at] = { item: before.item, is: [...new Set([...before.is, ...part.is])] }
    else found.push(part)
  }
  return found.length === 1 ? found[0]! : { any: found }
}
