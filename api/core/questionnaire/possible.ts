import type { Condition } from './condition.ts'
import type { SurveyAnswer, SurveyItem } from './definition.ts'
import { holds, itemsRead } from './holds.ts'
import { leavesOf, type Layout, type Leaf, type Question } from './layout.ts'

/** How many combinations of answers may still be tried; one for all questions of a questionnaire keeps the whole bounded. */
export interface Budget {
  tries: number
}
/** Groups of options of one item that conditions tell apart; more are left undecided. */
const GROUPS_MAX = 10

/**
 * Whether some respondent can meet a place where all of these conditions hold at once; null where that would take more
 * combinations than the budget has. Exact otherwise: of every item that the conditions read, and of those that decide whether that
 * item is asked, one answer stands for all that no condition tells apart, and every combination is tried in the order of the
 * questions. A required item of an earlier section has an answer, unless "không biết" is offered; any other may have none.
 * @param place where: its section, and the units item it repeats for
 */
export function possible(
  layout: Layout,
  conditions: readonly Condition[],
  { section, repeat }: { section: number; repeat: string | null },
  budget: Budget,
): boolean | null {
  const all = repeat === null ? conditions : [...conditions, given(repeat)]
  const questions = closureOf(layout, all)
  const leaves = [...all, ...questions.flatMap(whenOf)].flatMap((one) => leavesOf(one, '').map(({ leaf }) => leaf))
  const choices = questions.map((question) => {
    const said = answersOf(
      question.item,
      leaves.filter(({ item }) => item === question.code),
    )
    if (said === null) return null
    const { required, na } = question.item
    const isSilent = required !== true || na === true || question.section >= section
    return isSilent ? [undefined, ...said] : said
  })
  if (choices.includes(null)) return null

  const answers = new Map<string, SurveyAnswer>()
  const answerOf = (code: string) => answers.get(code)
  const search = (at: number): boolean => {
    const question = questions[at]
    if (question === undefined) return all.every((one) => holds(one, answerOf))
    if (!whenOf(question).every((one) => holds(one, answerOf))) return search(at + 1)
    for (const answer of choices[at] ?? []) {
      budget.tries -= 1
      if (budget.tries < 0) return false
      if (answer === undefined) answers.delete(question.code)
      else answers.set(question.code, answer)
      if (search(at + 1)) return true
    }
    answers.delete(question.code)
    return false
  }
  const found = search(0)
  return found || budget.tries >= 0 ? found : null
}

const given = (item: string): Condition => ({ item, answered: true })

/** What must hold for a question to be asked; in a part that repeats, that a unit was chosen as well. */
const whenOf = ({ when, repeat }: Question): Condition[] => (repeat === null ? [...when] : [given(repeat), ...when])

/** The questions that conditions read, those that decide whether these are asked, and so on; in order. */
function closureOf({ questions }: Layout, conditions: readonly Condition[]): Question[] {
  const found = new Map<string, Question>()
  const waiting = conditions.flatMap(itemsRead)
  for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
    const question = questions.get(code)
    if (question === undefined || found.has(code)) continue
    found.set(code, question)
    waiting.push(...whenOf(question).flatMap(itemsRead))
  }
  return [...found.values()].toSorted((a, b) => a.order - b.order)
}

/** One answer for each set of answers that these comparisons cannot tell apart; null where there are too many. */
function answersOf(item: SurveyItem, leaves: readonly Leaf[]): SurveyAnswer[] | null {
  switch (item.type) {
    case 'single':
    case 'matrix':
      return groupsOf(item.options, leaves).map(({ code }) => code)
    case 'multiple':
    case 'ranking':
      return setsOf(groupsOf(item.options, leaves), item.atMost ?? item.options.length)
    case 'number':
      return around(leaves, item.min, item.max, item.decimals ?? 0)
    case 'percent':
      return around(leaves, 0, 100, 1)
    case 'list':
      return around(leaves, 0, item.statements.length + 1, 0)
    case 'date':
      return daysAround(leaves, item.min, item.max)
    case 'text':
      return ['x']
    case 'units':
      return [['1']]
  }
}

interface Choosable {
  readonly code: string
  readonly exclusive?: true
}

/** One option for each group that the comparisons name together. */
function groupsOf(options: readonly Choosable[], leaves: readonly Leaf[]): Choosable[] {
  const groups = new Map<string, Choosable>()
  for (const option of options) {
    const named = leaves.map((leaf) => ('is' in leaf && leaf.is.includes(option.code) ? 1 : 0)).join('')
    const group = `${named}${option.exclusive === true ? '!' : ''}`
    if (!groups.has(group)) groups.set(group, option)
  }
  return [...groups.values()]
}

function setsOf(groups: readonly Choosable[], atMost: number): SurveyAnswer[] | null {
  if (groups.length > GROUPS_MAX) return null
  const sets: string[][] = []
  for (let bits = 1; bits < 2 ** groups.length; bits += 1) {
    const chosen = groups.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1)
    const isAllowed = chosen.length <= atMost && (chosen.length === 1 || !chosen.some(({ exclusive }) => exclusive))
    if (isAllowed) sets.push(chosen.map(({ code }) => code))
  }
  return sets
}

/** Numbers of the item's grid at its ends and on both sides of every end of a comparison. */
function around(leaves: readonly Leaf[], min: number, max: number, decimals: number): number[] {
  const step = 10 ** -decimals
  const up = (value: number) => Math.ceil(round(value / step)) * step
  const down = (value: number) => Math.floor(round(value / step)) * step
  const cuts = endsOf(leaves).filter((value) => typeof value === 'number')
  const near = cuts.flatMap((cut) => [down(cut) - step, down(cut), up(cut), up(cut) + step])
  const inside = [up(min), down(max), ...near].map((value) => Number(value.toFixed(decimals)))
  return [...new Set(inside)].filter((value) => min <= value && value <= max)
}

/** Takes the dust of binary fractions away: 0.3 / 0.1 is 2.9999999999999996. */
const round = (value: number): number => Number(value.toPrecision(12))

const DAY_MS = 86_400_000

function daysAround(leaves: readonly Leaf[], min: string | undefined, max: string | undefined): string[] {
  const cuts = [...endsOf(leaves).filter((value) => typeof value === 'string'), ...(min === undefined ? [] : [min])]
  if (max !== undefined) cuts.push(max)
  if (cuts.length === 0) return ['2000-01-01']
  const days = cuts.flatMap((cut) => [-1, 0, 1].map((by) => shifted(cut, by))).filter((day) => day !== null)
  return [...new Set(days)].filter((day) => (min === undefined || min <= day) && (max === undefined || day <= max))
}

function shifted(day: string, by: number): string | null {
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isFinite(time) ? new Date(time + by * DAY_MS).toISOString().slice(0, 10) : null
}

const endsOf = (leaves: readonly Leaf[]): (number | string)[] =>
  leaves.flatMap((leaf) =>
    'is' in leaf || 'answered' in leaf ? [] : [leaf.from, leaf.to].filter((value) => value !== undefined),
  )
