import { describe, expect, it, test } from 'vitest'
import type { FileErrorCode, RowIssueCode } from '../../../api/core/dossier/errors.ts'
import { dossierColumns } from '../../../api/core/dossier/columns.ts'
import type { FigureCode } from '../../../api/core/figures/figure.ts'
import { unitFigures } from '../../../api/core/figures/unit-figures.ts'
import { itemsOf } from '../../../api/core/instrument/definition.ts'
import { parseInstrument } from '../../../api/core/instrument/validate.ts'
import rating from '../../../db/seeds/instruments/dossier-rating/1.json' with { type: 'json' }
import { placeholders } from '../../../web/i18n/i18n.ts'
import { en } from '../../../web/i18n/office.en.ts'
import { vi } from '../../../web/i18n/office.vi.ts'
import { phraseOf } from '../../../web/office/unit/weak-words.ts'

const keys = Object.keys(vi) as (keyof typeof vi)[]

describe('the two languages', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort())
  })

  it('have the same placeholders in every text', () => {
    const differing = keys.filter((key) => placeholders(vi[key]).join() !== placeholders(en[key]).join())
    expect(differing).toEqual([])
  })

  it('mark the same parts as strong', () => {
    const strong = (text: string) => [...text.matchAll(/<b>(.*?)<\/b>/g)].map((match) => match[1])
    expect(keys.filter((key) => strong(vi[key]).join() !== strong(en[key]).join())).toEqual([])
  })

  it('leave no text empty and no space at an end', () => {
    expect(keys.filter((key) => vi[key].trim() === '' || en[key].trim() === '')).toEqual([])
    expect(keys.filter((key) => vi[key] !== vi[key].trim() || en[key] !== en[key].trim())).toEqual([])
  })

  it('are written in composed letters, so that searching and sorting find them', () => {
    expect(keys.filter((key) => vi[key] !== vi[key].normalize('NFC'))).toEqual([])
  })

  it('speak to officials, never with the intimate "bạn"', () => {
    expect(keys.filter((key) => /(^|\s)bạn(\s|[.,]|$)/i.test(vi[key]))).toEqual([])
  })
})

const missing = (wanted: readonly string[]) => wanted.filter((key) => !(key in vi))

test('every fault of a row has a sentence', () => {
  const codes = {
    required: 1,
    invalid_dossier_code: 1,
    invalid_procedure_code: 1,
    invalid_date: 1,
    unknown_value: 1,
    too_long: 1,
    control_character: 1,
    before_received: 1,
    in_future: 1,
    missing_return_date: 1,
    missing_refusal_date: 1,
    status_conflict: 1,
    cell_count: 1,
    unclosed_quote: 1,
    record_too_long: 1,
    unknown_unit: 1,
  } satisfies Record<RowIssueCode, 1>
  expect(missing(Object.keys(codes).map((code) => `issue.${code}`))).toEqual([])
})

test('every fault of a file has a sentence', () => {
  const codes = {
    empty_file: 1,
    not_utf8: 1,
    not_a_table: 1,
    missing_column: 1,
    duplicate_column: 1,
    too_many_columns: 1,
    invalid_workbook: 1,
    unsupported_workbook: 1,
    file_too_large: 1,
    too_many_rows: 1,
  } satisfies Record<FileErrorCode, 1>
  expect(missing(Object.keys(codes).map((code) => `file.${code}`))).toEqual([])
})

test('every column of a dossier list has a name', () => {
  expect(missing(dossierColumns.map((column) => `column.${column}`))).toEqual([])
})

test('every figure has a name and says what it is', () => {
  const codes = {
    satisfaction: 1,
    qd766_5_4_union: 1,
    qd766_5_4_sum: 1,
    tt01_subtotal: 1,
    tt01_grade: 1,
    papi_like_5_1: 1,
    papi_like_5_3: 1,
    papi_like_5_4: 1,
    papi_like_5: 1,
    pci_like: 1,
  } satisfies Record<FigureCode, 1>
  expect(missing(Object.keys(codes).flatMap((code) => [`figure.${code}`, `figure.${code}.is`]))).toEqual([])
})

test('every closed item of the questionnaire has a phrase for its favourable answer', () => {
  const unsaid = itemsOf(parseInstrument(rating)).filter(
    (item) => item.type === 'single' && phraseOf(item.code) === 'said.other',
  )
  expect(unsaid.map((item) => item.code)).toEqual([])
})

test('every step of every computed figure has a sentence that uses all of its numbers', () => {
  const definition = parseInstrument(rating)
  const items = new Map(
    itemsOf(definition)
      .filter((item) => item.type === 'single')
      .map((item) => [item.code, { counts: item.options.map(() => 40), na: 3 }]),
  )
  const figures = unitFigures({
    definition,
    items,
    byGroup: new Map([
      ['5.1', items],
      ['5.3', items],
      ['5.4', items],
    ]),
    finished: [0, 200, 150, 50],
    pendingLate: 5,
    overallNotLate: [40, 40, 40, 30, 30],
    entered: { C2: 2, C5: 2, C6: 1, C8: 2, C9: 0 },
    hidden: new Set(),
    mergerBreak: false,
  })
  const steps = figures.flatMap((figure) => figure.steps)
  expect(steps.length).toBeGreaterThan(20)
  const unsaid = steps.filter((step) => {
    const text = (vi as Record<string, string>)[`step.${step.code}`]
    if (text === undefined) return true
    const named = placeholders(text)
    return named.some((name) => !(name in step.values))
  })
  expect(unsaid).toEqual([])
})
