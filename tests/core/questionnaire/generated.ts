import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import type {
  Questionnaire,
  SurveyAnswer,
  SurveyAnswers,
  SurveyItem,
} from '../../../api/core/questionnaire/definition.ts'
import { seeded } from '../stats/seeded.ts'
import { item, option, questionnaire } from './small.ts'

const OPTIONS = ['a', 'b', 'c', 'none'].map((code) => ({
  ...option(code),
  ...(code === 'none' ? { exclusive: true as const } : {}),
}))
const UNITS = ['3', '7', '12']
const text = (vi: string) => ({ vi, en: vi })
type Draw = ReturnType<typeof drawing>

function drawing(seed: number) {
  const next = seeded(seed)
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    chance: (part: number) => next() < part,
    one: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    some: <T>(list: readonly T[], most: number): T[] => {
      const rest = [...list]
      return Array.from({ length: 1 + below(most) }, () => rest.splice(below(rest.length), 1)).flat()
    },
  }
}

/** A questionnaire of every kind of item with nested conditions and repeated parts, the same for the same seed. */
export function generated(seed: number): Questionnaire {
  const draw = drawing(seed)
  let serial = 0
  const known: SurveyItem[] = []
  const codesOf = (one: SurveyItem) => (one.type === 'matrix' ? one.rows.map((row) => row.code) : [one.code])
  const when = () =>
    known.length > 0 && draw.chance(0.6) ? { when: conditionOn(draw, known.flatMap(codesOf), 3) } : {}
  const makeItem = (type: SurveyItem['type']): SurveyItem => {
    const code = `Q${(serial += 1)}`
    const more = {
      ...when(),
      ...(draw.chance(0.5) ? { na: true as const } : {}),
      ...(draw.chance(0.3) ? { required: true as const } : {}),
      ...(draw.chance(0.2) ? { sensitive: true as const } : {}),
    }
    const rows = Array.from({ length: 3 }, (_, i) => ({
      code: `${code}_${i}`,
      text: text(`${i}`),
      short: text(`${i}`),
      ...when(),
    }))
    const made = {
      single: () => item(code, 'single', { options: OPTIONS, ...more }),
      multiple: () => item(code, 'multiple', { options: OPTIONS, atMost: 2, ...more }),
      ranking: () => item(code, 'ranking', { options: OPTIONS, ...more }),
      number: () => item(code, 'number', { unit: text('x'), min: -5, max: 20, decimals: 1, ...more }),
      percent: () => item(code, 'percent', more),
      date: () => item(code, 'date', { min: '2026-01-01', max: '2026-12-31', ...more }),
      text: () => item(code, 'text', { longest: 20, ...more }),
      matrix: () => item(code, 'matrix', { options: OPTIONS, rows, ...more }),
      list: () =>
        item(code, 'list', {
          statements: [text('1'), text('2'), text('3')],
          extra: text('4'),
          treated: ['B'],
          ...more,
        }),
      units: () => item(code, 'units', { kinds: ['department'], atMost: 3, ...more }),
    }[type]()
    known.push(made)
    return made
  }
  const kinds = [
    'single',
    'multiple',
    'ranking',
    'number',
    'percent',
    'date',
    'text',
    'matrix',
    'list',
    'units',
  ] as const
  const sections = Array.from({ length: 2 + draw.below(4) }, () => {
    const chosen = known.filter((one) => one.type === 'units')
    const repeat = chosen.length > 0 && draw.chance(0.6) ? { repeat: draw.one(chosen).code } : {}
    const own = when()
    return { ...repeat, ...own, items: Array.from({ length: 1 + draw.below(5) }, () => makeItem(draw.one(kinds))) }
  })
  return questionnaire(sections)
}

function conditionOn(draw: Draw, codes: readonly string[], depth: number): Condition {
  const one = draw.one(codes)
  const inner = () => conditionOn(draw, codes, depth - 1)
  switch (depth > 0 ? draw.below(8) : draw.below(5)) {
    case 0:
      return { item: one, is: draw.some(['a', 'b', '3', '5', '2026-05-05'], 2) }
    case 1:
      return { item: one, from: draw.below(12) - 2 }
    case 2:
      return { item: one, from: '2026-03-01', to: '2026-09-01' }
    case 3:
      return { item: one, to: draw.below(60) }
    case 4:
      return { item: one, answered: draw.chance(0.5) }
    case 5:
      return { all: [inner(), inner()] }
    case 6:
      return { any: [inner(), inner()] }
    default:
      return { not: inner() }
  }
}

/** Answers to a questionnaire as somebody might leave them: right and wrong ones, to questions that are asked or are not. */
export function answered(questionnaire: Questionnaire, seed: number): SurveyAnswers {
  const draw = drawing(seed + 1)
  const answers: Record<string, SurveyAnswer> = {}
  for (const section of questionnaire.sections)
    for (const one of section.items)
      for (const code of one.type === 'matrix' ? one.rows.map((row) => row.code) : [one.code])
        for (const suffix of section.repeat === undefined ? [''] : ['', ...UNITS.map((unit) => `@${unit}`)])
          if (draw.chance(0.75)) answers[code + suffix] = answerTo(draw, one)
  return answers
}

function answerTo(draw: Draw, one: SurveyItem): SurveyAnswer {
  if (draw.chance(0.1)) return { na: true }
  const number = () => draw.one([-6, -5, 0, 2, 2.5, 3.25, 9, 19.9, 20, 55, 100, 101])
  switch (one.type) {
    case 'single':
    case 'matrix':
      return draw.one(['a', 'b', 'c', 'none', 'z'])
    case 'multiple':
    case 'ranking':
      return draw.some(['a', 'b', 'c', 'none'], 3)
    case 'units':
      return draw.some(UNITS, 3)
    case 'number':
    case 'percent':
    case 'list':
      return number()
    case 'date':
      return draw.one(['2025-12-31', '2026-02-01', '2026-05-05', '2026-12-31', '2026-02-30'])
    case 'text':
      return draw.one(['', 'a', '5', 'quá dài so với hai mươi ký tự', 'ổn'])
  }
}
