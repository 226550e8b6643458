import { describe, expect, it } from 'vitest'
import { FAULT_CODES } from '../../../api/core/questionnaire/faults.ts'
import { LEFT_CODES } from '../../../api/core/questionnaire/xlsform/left.ts'
import { placeholders } from '../../../web/i18n/i18n.ts'
import { en } from '../../../web/i18n/questionnaires.en.ts'
import { vi } from '../../../web/i18n/questionnaires.vi.ts'

const keys = Object.keys(vi) as (keyof typeof vi)[]

describe('texts of the pages of questionnaires', () => {
  it('are there in both languages with the same placeholders, and none is empty', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort())
    expect(keys.filter((key) => placeholders(vi[key]).join() !== placeholders(en[key]).join())).toEqual([])
    expect(keys.filter((key) => vi[key].trim() === '' || en[key].trim() === '')).toEqual([])
    expect(keys.filter((key) => vi[key] !== vi[key].normalize('NFC'))).toEqual([])
  })

  it('speak to officials, never with the intimate "bạn"', () => {
    expect(keys.filter((key) => /(^|\s)bạn(\s|[.,]|$)/i.test(vi[key]))).toEqual([])
  })

  it('say every fault, and everything that is not taken of an XLSForm', () => {
    const wanted = [...FAULT_CODES.map((code) => `fault.${code}`), ...LEFT_CODES.map((code) => `left.${code}`)]
    expect(wanted.filter((key) => !(key in vi))).toEqual([])
  })
})
