import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerKeys, askedSections } from '../../../api/core/questionnaire/asked.ts'
import { checkSurveyAnswers } from '../../../api/core/questionnaire/check.ts'
import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import type {
  Questionnaire,
  SurveyAnswer,
  SurveyAnswers,
  SurveyItem,
} from '../../../api/core/questionnaire/definition.ts'
import { holds } from '../../../api/core/questionnaire/holds.ts'
import { layoutOf, leavesOf } from '../../../api/core/questionnaire/layout.ts'
import { itemByCode } from '../../../api/core/questionnaire/parts.ts'
import { reachFaults } from '../../../api/core/questionnaire/reach.ts'
import { questionnaireFaults } from '../../../api/core/questionnaire/validate.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'
import { fullQuestionnaire } from './full.ts'
import { item, option, questionnaire } from './small.ts'

const OPTIONS = ['a', 'b', 'c'].map(option)
const text = (vi: string) => ({ vi, en: vi })

/** Small items whose answers can all be tried. */
const kinds = [
  (code: string, more: object) => item(code, 'single', { options: OPTIONS, ...more }),
  (code: string, more: object) =>
    item(code, 'multiple', { options: [option('a'), option('b'), { ...option('c'), exclusive: true }], ...more }),
  (code: string, more: object) => item(code, 'number', { unit: text('x'), min: 0, max: 3, ...more }),
]
const EVERY: Readonly<Record<string, readonly SurveyAnswer[]>> = {
  single: ['a', 'b', 'c'],
  multiple: [['a'], ['b'], ['a', 'b'], ['c']],
  number: [0, 1, 2, 3],
}

/** Any condition over these items, sensible or not. */
function conditionOn(items: readonly SurveyItem[]): fc.Arbitrary<Condition> {
  const leaf = fc.constantFrom(...items).chain((read): fc.Arbitrary<Condition> => {
    const answered = fc.boolean().map((given) => ({ item: read.code, answered: given }))
    if (read.type === 'number')
      return fc.oneof(
        answered,
        fc.tuple(fc.nat(3), fc.nat(3)).map(([x, y]) => ({ item: read.code, from: Math.min(x, y), to: Math.max(x, y) })),
        fc.constantFrom(0, 1, 2, 3).map((to) => ({ item: read.code, to })),
      )
    const is = fc.subarray(['a', 'b', 'c'], { minLength: 1 })
    return fc.oneof(
      answered,
      is.map((codes) => ({ item: read.code, is: codes })),
    )
  })
  return fc.letrec<{ any: Condition }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('any').map((not) => ({ not })),
    ),
  })).any
}

/** Questionnaires of a few small items in which conditions read earlier items, whether that makes sense or not. */
const anyQuestionnaire = fc
  .array(
    fc.record({
      kind: fc.nat(kinds.length - 1),
      required: fc.boolean(),
      newSection: fc.boolean(),
      seeds: fc.tuple(fc.nat(), fc.nat()),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .chain((plan) => {
    const bare = plan.map(({ kind, required }, i) => kinds[kind]!(`Q${i}`, required ? { required: true } : {}))
    const starts = plan.map(({ newSection }, i) => i === 0 || newSection)
    return fc
      .tuple(
        ...plan.map((_, i) =>
          i === 0 ? fc.constant(undefined) : fc.option(conditionOn(bare.slice(0, i)), { nil: undefined }),
        ),
        ...plan.map((_, i) =>
          i === 0 ? fc.constant(undefined) : fc.option(conditionOn(bare.slice(0, i)), { nil: undefined, freq: 2 }),
        ),
      )
      .map((conditions) => {
        const sections: { items: SurveyItem[]; when?: Condition }[] = []
        for (const [i, one] of bare.entries()) {
          const when = conditions[i]
          const above = conditions[plan.length + i]
          if (starts[i]) sections.push({ items: [], ...(above === undefined ? {} : { when: above }) })
          sections.at(-1)!.items.push(when === undefined ? one : { ...one, when })
        }
        return questionnaire(sections)
      })
  })

/** Everything that respondents can have before them: the section they are at, and what counts of their answers. */
function* respondents(one: Questionnaire) {
  const items = one.sections.flatMap((section) => section.items)
  const known = itemByCode(one)
  const silent = (answers: SurveyAnswers, code: string) => known.get(code)!.required === true && !(code in answers)
  for (const answers of combinations(items, 0)) {
    const pages = askedSections(one, answers)
    const asked = new Set(answerKeys(pages))
    const counting = new Map(Object.entries(answers).filter(([code]) => asked.has(code)))
    const first = pages.find((page) => answerKeys([page]).some((code) => silent(answers, code)))
    const last = first === undefined ? Infinity : one.sections.indexOf(first.section)
    yield { asked, last, answerOf: (code: string) => counting.get(code) }
  }
}

function* combinations(items: readonly SurveyItem[], at: number): Generator<Record<string, SurveyAnswer>> {
  const one = items[at]
  if (one === undefined) {
    yield {}
    return
  }
  for (const rest of combinations(items, at + 1)) {
    yield rest
    for (const answer of EVERY[one.type]!) yield { ...rest, [one.code]: answer }
  }
}

describe('what can never happen', () => {
  it('is found exactly: every answer of every respondent tried gives the same', () => {
    fc.assert(
      fc.property(anyQuestionnaire, (one) => {
        const { places } = layoutOf(one)
        const all = [...respondents(one)]
        const open = (conditions: readonly Condition[], section: number) =>
          all.some(({ last, answerOf }) => section <= last && conditions.every((each) => holds(each, answerOf)))
        const expected = new Set<string>()
        for (const place of places) {
          const own = place.own === undefined ? [] : [place.own]
          if ([...expected].some((path) => place.path.startsWith(`${path}.items`))) continue
          if (!open([...place.above, ...own], place.section)) expected.add(place.path)
          else
            for (const { path, leaf } of own.flatMap((when) => leavesOf(when, `${place.path}.when`))) {
              if (!('is' in leaf)) {
                if (!open([...place.above, leaf], place.section)) expected.add(path)
                continue
              }
              for (const [i, code] of leaf.is.entries())
                if (!open([...place.above, { item: leaf.item, is: [code] }], place.section))
                  expected.add(`${path}.is.${i}`)
            }
        }
        const found = reachFaults(one).filter(({ note }) => note !== true)
        expect(new Set(found.map(({ path }) => path))).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })

  it('counts an unanswered required question of the same section, and none of an earlier one', () => {
    const required = item('A', 'single', { options: OPTIONS, required: true })
    const follow = (when: Condition) => item('B', 'text', { when })
    const none = { item: 'A', answered: false } as const
    expect(reachFaults(questionnaire([{ items: [required, follow(none)] }]))).toEqual([])
    expect(reachFaults(questionnaire([{ items: [required] }, { items: [follow(none)] }]))).toEqual([
      { path: 'sections.1.items.0', code: 'unreachable', subject: 'B' },
    ])
    const offered = { ...required, na: true } as SurveyItem
    expect(reachFaults(questionnaire([{ items: [offered] }, { items: [follow(none)] }]))).toEqual([])
  })

  it('knows the numbers between two ends by the decimals of the item', () => {
    const at = (decimals: number) => {
      const number = item('A', 'number', { unit: text('x'), min: 0, max: 1, decimals })
      const when = {
        all: [{ item: 'A', from: 0.1 }, { not: { item: 'A', from: 0.2 } }, { not: { item: 'A', to: 0.1 } }],
      }
      return reachFaults(questionnaire([{ items: [number, item('B', 'text', { when })] }])).map(({ code }) => code)
    }
    expect(at(2)).toEqual([])
    expect(at(1)).toEqual(['unreachable'])
  })
})

/** An answer that is right for a question. */
function answerTo(one: SurveyItem, random: (below: number) => number): SurveyAnswer {
  switch (one.type) {
    case 'single':
    case 'matrix':
      return one.options[random(one.options.length)]!.code
    case 'multiple':
    case 'ranking':
      return [one.options[random(one.options.length)]!.code]
    case 'number':
      return one.min + random(one.max - one.min + 1)
    case 'percent':
      return random(101)
    case 'list':
      return random(one.statements.length + 1)
    case 'date':
      return one.min ?? '2026-01-01'
    case 'text':
      return 'lời'
    case 'units':
      return ['7', '11'].slice(0, 1 + random(Math.min(2, one.atMost)))
  }
}

describe('a questionnaire without faults', () => {
  it('can be walked through to its end, whatever is answered on the way', () => {
    const all = [...shippedQuestionnaires, fullQuestionnaire()]
    const sound = anyQuestionnaire.filter((one) => reachFaults(one).every(({ note }) => note === true))
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...all), sound), fc.infiniteStream(fc.nat()), (one, stream) => {
        const random = (below: number) => stream.next().value % below
        const answers: Record<string, SurveyAnswer> = {}
        for (let page = 0; ; page += 1) {
          const at = askedSections(one, answers)[page]
          if (at === undefined) break
          // what is answered on a page can open more of it, never an earlier one
          for (let open = true; open;) {
            const now = askedSections(one, answers)[page]
            const next = now === undefined ? undefined : answerKeys([now]).find((key) => !(key in answers))
            open = next !== undefined
            if (next !== undefined) answers[next] = answerTo(itemByCode(one).get(next.replace(/@.*/, ''))!, random)
          }
        }
        const asked = new Set(answerKeys(askedSections(one, answers)))
        const kept = Object.fromEntries(Object.entries(answers).filter(([key]) => asked.has(key)))
        expect(checkSurveyAnswers(one, kept, { form: one.forms?.[0] ?? null, units: null }, true)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('generated ones pass in shape too', () => {
    fc.assert(
      fc.property(anyQuestionnaire, (one) => {
        const plain = { ...one, sections: one.sections.map((section, i) => ({ ...section, code: `s${i}` })) }
        const codes = questionnaireFaults(plain)
          .filter(({ note }) => note !== true)
          .map(({ code }) => code)
        expect(codes.filter((code) => !['unreachable', 'dead_option', 'dead_comparison'].includes(code))).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})
