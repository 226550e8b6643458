import { describe, expect, it } from 'vitest'
import { itemsOf } from '../../../api/core/instrument/definition.ts'
import { answerKeys, askedSections } from '../../../api/core/questionnaire/asked.ts'
import type { Condition } from '../../../api/core/questionnaire/condition.ts'
import type { Questionnaire, SurveyAnswers, SurveyItem } from '../../../api/core/questionnaire/definition.ts'
import { itemsRead } from '../../../api/core/questionnaire/holds.ts'
import { itemByCode } from '../../../api/core/questionnaire/parts.ts'
import { shippedInstruments } from '../../../db/seeds/instruments/shipped.ts'
import { shippedQuestionnaires } from '../../../db/seeds/questionnaires/shipped.ts'

const named = (code: string): Questionnaire => shippedQuestionnaires.find((one) => one.code === code)!
const items = (one: Questionnaire): SurveyItem[] => one.sections.flatMap((section) => [...section.items])
const rowsOf = (item: SurveyItem) => (item.type === 'matrix' ? item.rows : [])
/** Codes under which an item is answered. */
const answered = (item: SurveyItem) => (item.type === 'matrix' ? item.rows.map(({ code }) => code) : [item.code])

/** Every pair of texts in a value, with its path. */
function texts(value: unknown, path = ''): { path: string; vi: unknown; en: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('vi' in value || 'en' in value) {
    const { vi, en } = value as { vi?: unknown; en?: unknown }
    return [{ path, vi, en }]
  }
  return Object.entries(value).flatMap(([key, part]) => texts(part, `${path}.${key}`))
}

describe.each(shippedQuestionnaires.map((one) => [one.code, one] as const))('questionnaire %s', (_, one) => {
  it('has a code of its own for every item, matrix and row, and for every option of an item', () => {
    const codes = items(one).flatMap((item) => [item.code, ...rowsOf(item).map(({ code }) => code)])
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([])
    for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9_]{0,31}$/)
    for (const item of items(one)) {
      const options = 'options' in item ? item.options.map(({ code }) => code) : []
      expect(new Set(options).size, item.code).toBe(options.length)
    }
  })

  it('says everything in Vietnamese and in English', () => {
    const all = texts(one)
    expect(all.length).toBeGreaterThan(50)
    for (const { path, vi, en } of all) {
      expect([path, typeof vi, typeof en]).toEqual([path, 'string', 'string'])
      expect(String(vi).trim(), path).toBe(vi)
      expect(String(en).trim(), path).toBe(en)
      expect(vi, path).not.toBe('')
      expect(en, path).not.toMatch(/[ăâđêôơưàáạảãằắặẳẵầấậẩẫèéẹẻẽềếệểễìíịỉĩòóọỏõồốộổỗờớợởỡùúụủũừứựửữỳýỵỷỹ]/i)
    }
  })

  it('speaks respectfully, and never under the name of an official index', () => {
    for (const { path, vi, en } of texts(one)) {
      expect(vi, path).not.toMatch(/(^|\s)bạn(\s|[.,?!]|$)/i)
      for (const text of [vi, en]) expect(text, path).not.toMatch(/PAPI|PCI|SIPAS|DDCI/)
    }
  })

  it('asks a condition only about items that came before, and only for options that exist', () => {
    const known = itemByCode(one)
    const before = new Set<string>()
    const check = (when: Condition | undefined, at: string) => {
      if (when === undefined) return
      for (const code of itemsRead(when)) expect(before, `${at} reads ${code}`).toContain(code)
      for (const { item, is } of choices(when)) {
        const options = known.get(item)!
        const codes = 'options' in options ? options.options.map(({ code }) => code) : []
        for (const code of is) expect(codes, `${at} reads ${item}`).toContain(code)
      }
    }
    for (const section of one.sections) {
      check(section.when, section.code)
      if (section.repeat !== undefined) {
        expect(before).toContain(section.repeat)
        expect(known.get(section.repeat)!.type).toBe('units')
      }
      for (const item of section.items) {
        check(item.when, item.code)
        for (const row of rowsOf(item)) check(row.when, row.code)
        for (const code of answered(item)) before.add(code)
      }
    }
  })

  it('lets everybody say "không biết / không trả lời", or skip, wherever it does not steer what follows', () => {
    const steering = new Set(one.sections.flatMap((section) => (section.repeat === undefined ? [] : [section.repeat])))
    for (const section of one.sections) {
      for (const when of [section.when, ...section.items.map((item) => item.when)]) {
        for (const code of when === undefined ? [] : itemsRead(when)) steering.add(code)
      }
    }
    for (const item of items(one)) {
      if (item.required === true) expect(steering, item.code).toContain(item.code)
      if (item.na !== true && item.type !== 'text') expect(item.required, item.code).toBe(true)
    }
  })

  it('has numbers that span something, forms for its list experiments, and links to items that exist', () => {
    for (const item of items(one)) {
      if (item.type === 'number') expect(item.min).toBeLessThan(item.max)
      if (item.type === 'list') {
        expect(one.forms!.length).toBeGreaterThan(1)
        for (const form of item.treated) expect(one.forms).toContain(form)
        expect(item.treated.length).toBeLessThan(one.forms!.length)
        expect(item.sensitive).toBe(true)
      }
      for (const { code, version, item: other } of [item, ...rowsOf(item)].flatMap((row) => row.lineage ?? [])) {
        const instrument = shippedInstruments.find((known) => known.code === code && known.version === version)!
        expect(itemsOf(instrument).map((known) => known.code)).toContain(other)
      }
      expect(item.source).not.toMatch(/shared|\.csv|\.md/)
    }
  })

  it('marks what is good in every scale, and a number for every option of one', () => {
    for (const item of items(one)) {
      if (!('options' in item)) continue
      const values = item.options.map(({ value }) => value)
      expect(new Set(values.map((value) => typeof value)).size, item.code).toBe(1)
      if (values[0] === undefined) continue
      const good = item.options.filter(({ favourable }) => favourable).length
      expect(good, item.code).toBeGreaterThan(0)
      expect(good, item.code).toBeLessThan(values.length)
    }
  })
})

/** Comparisons with options inside a condition. */
function choices(condition: Condition): { item: string; is: readonly string[] }[] {
  if ('all' in condition) return condition.all.flatMap(choices)
  if ('any' in condition) return condition.any.flatMap(choices)
  if ('not' in condition) return choices(condition.not)
  return 'is' in condition ? [condition] : []
}

describe('what a respondent meets', () => {
  const count = (one: Questionnaire, answers: SurveyAnswers) => answerKeys(askedSections(one, answers)).length

  it('a firm without registration, land, inspections or support is asked sixty questions, any firm at most seventy', () => {
    const quiet = { E_DONE: 'none', L_DONE: 'no', TI_INSPECTIONS: 0, S_USED: ['none'] }
    const busy = { E_DONE: 'both', L_DONE: 'yes', TI_INSPECTIONS: 3, S_USED: ['market'] }
    expect(count(named('business-survey'), quiet)).toBe(60)
    expect(count(named('business-survey'), busy)).toBe(70)
  })

  it('a firm rates up to three departments or three communes, each on a page of its own', () => {
    const ddci = named('ddci-form')
    const departments = askedSections(ddci, { WHOM: 'departments', DEPARTMENTS: ['7', '9', '11'] })
    expect(departments.map(({ key }) => key)).toEqual([
      'profile',
      'choose_departments',
      'department@7',
      'department@9',
      'department@11',
      'closing',
    ])
    const communes = askedSections(ddci, { WHOM: 'localities', LOCALITIES: ['5'], DEPARTMENTS: ['7'] })
    expect(communes.map(({ key }) => key)).toEqual(['profile', 'choose_localities', 'locality@5', 'closing'])
    for (const item of items(ddci)) if (item.type === 'units') expect(item.atMost).toBe(3)
    for (const section of ddci.sections) {
      if (section.repeat === undefined) continue
      for (const { type, text } of section.items) if (type !== 'multiple') expect(text.vi).toContain('{unit}')
    }
  })

  it('a resident answers the eight qualities of each procedure done, and of no other', () => {
    const keys = (done: string[]) =>
      askedSections(named('citizen-survey'), { E_DONE: done })
        .flatMap((page) => page.items)
        .flatMap(({ item, rows }) => (item.code.endsWith('_QUALITY') ? rows.map(({ key }) => key) : []))
    expect(keys(['none'])).toEqual([])
    expect(keys(['land'])).toHaveLength(8)
    expect(keys(['certification', 'personal']).map((key) => key.slice(0, 2))).toEqual([
      ...Array.from({ length: 8 }, () => 'E1'),
      ...Array.from({ length: 8 }, () => 'E4'),
    ])
  })
})
