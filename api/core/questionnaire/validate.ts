import { shapeFaults, valueAt, type ShapeFault } from '../shape/faults.ts'
import { conditionFaults } from './condition-faults.ts'
import type { Questionnaire } from './definition.ts'
import type { FaultCode, QuestionnaireFault } from './faults.ts'
import { itemFaults } from './item-faults.ts'
import { reachFaults } from './reach.ts'
import { asQuestionnaire, LIMITS, questionnaireSchema } from './schema.ts'
import { textFaults } from './text-faults.ts'

/** The most faults that are listed. */
export const FAULTS_MAX = 200
/** What a draft may still lack: texts, entries of lists, codes in their final form. */
const UNFINISHED: ReadonlySet<FaultCode> = new Set(['missing_text', 'missing_translation', 'too_small', 'bad_form'])

/**
 * Every fault of a questionnaire with its path and code (at most `FAULTS_MAX`), notes last. One without faults, notes aside, can
 * be published. Codes are those of `FAULT_CODES`; what can never happen is looked for once the conditions hold by themselves.
 */
export function questionnaireFaults(value: unknown): QuestionnaireFault[] {
  const shape = shapeOf(value)
  if (!isDraft(shape)) return shape.slice(0, FAULTS_MAX)
  const questionnaire = value as Questionnaire
  const conditions = conditionFaults(questionnaire)
  const found = [...shape, ...textFaults(questionnaire), ...itemFaults(questionnaire), ...conditions]
  const isSound = shape.every(({ path }) => !path.includes('.when.')) && conditions.length === 0
  const all = isSound ? [...found, ...reachFaults(questionnaire)] : found
  return all.toSorted((a, b) => Number(a.note === true) - Number(b.note === true)).slice(0, FAULTS_MAX)
}

/**
 * Faults that keep a value from being kept even as a draft: it is no questionnaire, or holds what no text may hold. A draft
 * can be shown and walked through whatever it still lacks.
 */
export function draftFaults(value: unknown): QuestionnaireFault[] {
  const shape = shapeOf(value)
  return isDraft(shape) ? [] : shape.filter(({ code }) => !UNFINISHED.has(code)).slice(0, FAULTS_MAX)
}

/** A questionnaire read from a file, checked. @throws RangeError naming the first faults */
export function parseQuestionnaire(value: unknown): Questionnaire {
  const faults = questionnaireFaults(value).filter(({ note }) => note !== true)
  if (faults.length === 0) return asQuestionnaire(questionnaireSchema.parse(value))
  const named = faults.slice(0, 5).map(({ path, code }) => `${path}: ${code}`)
  throw new RangeError(`not a valid questionnaire: ${named.join('; ')}`)
}

const isDraft = (shape: readonly QuestionnaireFault[]) => shape.every(({ code }) => UNFINISHED.has(code))

function shapeOf(value: unknown): QuestionnaireFault[] {
  if (isTooDeep(value)) return [{ path: '', code: 'too_deep' }]
  const parsed = questionnaireSchema.safeParse(value)
  return parsed.success ? [] : shapeFaults(value, parsed.error).map((fault) => named(value, fault))
}

/** A text that is blank is told as such, and as a missing translation where the other language has one. */
function named(value: unknown, { path, code, ...rest }: ShapeFault): QuestionnaireFault {
  const steps = path.split('.')
  const language = steps.pop()
  if (code !== 'bad_form' || (language !== 'vi' && language !== 'en')) return { path, code: code as FaultCode, ...rest }
  const other = valueAt(value, [...steps, language === 'vi' ? 'en' : 'vi'])
  return { path, code: typeof other === 'string' && other.trim() !== '' ? 'missing_translation' : 'missing_text' }
}

/** Looked at level by level, so that no depth can exhaust the stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > LIMITS.depth) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
